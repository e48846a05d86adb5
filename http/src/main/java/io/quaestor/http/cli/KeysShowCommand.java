package io.quaestor.http.cli;

import io.quaestor.http.cli.ChainDirectory.Unreadable;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.checkpoint.CheckedChain;
import io.quaestor.persistence.checkpoint.KeyHistory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the verifier keys of a chain. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the node's verifier key (C2SP vkey), to be given to whoever checks.",
      "With --all, every key there has been, behind the number of the record that adopted it."
    })
final class KeysShowCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "The node's data directory.")
  private Path directory;

  @Option(names = "--all", description = "Also the keys that signed before.")
  private boolean all;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects the fields
  KeysShowCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      CheckedChain checked =
          new ChainExamination(ChainDirectory.open(directory), List.of(), err).run().orThrow();
      if (checked.keys().isEmpty()) {
        throw new Unreadable("The chain in %s is not signed.".formatted(directory));
      }
      print(out, checked.keys());
      return ExitStatus.OK;
    } catch (Unreadable e) {
      err.println(Printable.of(e.getMessage()));
      return ExitStatus.UNUSABLE;
    } catch (ChainRefused e) {
      err.printf("%s (%s)%n", Printable.of(e.getMessage()), e.code());
      return ExitStatus.of(e);
    }
  }

  private void print(PrintWriter out, KeyHistory keys) {
    if (all) {
      keys.keys().forEach(each -> out.printf("%d %s%n", each.seq(), Printable.of(each.key())));
    } else {
      out.println(Printable.of(keys.keys().getLast().key()));
    }
    out.flush();
  }
}
