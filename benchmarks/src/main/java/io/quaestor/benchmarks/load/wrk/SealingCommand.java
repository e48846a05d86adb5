package io.quaestor.benchmarks.load.wrk;

import io.quaestor.benchmarks.load.node.DataDirectory;
import io.quaestor.benchmarks.load.node.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares route calls of a server that signs its Merkle tree with those of one that has none. */
@Command(
    name = "sealing",
    description = {
      "Compares route calls of a server that grows a Merkle tree and signs checkpoints with those of"
          + " one that does not: in each round one after the other, each started anew. Needs wrk."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit status: 0 measured, 1 calls failed, 2 not possible, also when a chain does not verify or"
          + " was signed where it should not be, or not signed where it should."
    })
public final class SealingCommand implements Callable<Integer> {

  private static final int UNUSABLE = 2;

  @Spec private CommandSpec spec;
  @Mixin private WrkOptions options;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Empty directory for the data of all servers; kept (default: new ones).")
  private @Nullable Path data;

  @SuppressWarnings("NullAway.Init") // picocli injects spec and options
  public SealingCommand() {}

  @Override
  public Integer call() throws IOException {
    options.requireSensible();
    if (!options.wrkIsInstalled()) {
      return UNUSABLE;
    }
    PrintWriter out = spec.commandLine().getOut();
    Machine.print(out);
    options.print(out);
    SealingRounds measured = new SealingRounds(out);
    measured.printHeader();
    for (int i = 1; i <= options.rounds(); i++) {
      measured.add(round(i, out));
    }
    measured.printMedians();
    out.printf("  answers other than 2xx, and failed connections: %,d%n", measured.notAnswered());
    return measured.notAnswered() == 0 ? 0 : 1;
  }

  /** Who comes first changes from round to round: a machine that warms up favours neither. */
  private SealingRounds.Round round(int number, PrintWriter out) throws IOException {
    if (number % 2 == 1) {
      Measured on = served(number, true, out);
      return new SealingRounds.Round(on, served(number, false, out));
    }
    Measured off = served(number, false, out);
    return new SealingRounds.Round(served(number, true, out), off);
  }

  private Measured served(int round, boolean signing, PrintWriter out) throws IOException {
    String name = "round-%d-%s".formatted(round, signing ? "on" : "off");
    DataDirectory directory = DataDirectory.of(data == null ? null : data.resolve(name));
    return new SigningServer(signing, options, out).measure(directory);
  }
}
