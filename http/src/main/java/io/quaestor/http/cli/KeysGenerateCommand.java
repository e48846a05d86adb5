package io.quaestor.http.cli;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.checkpoint.KeyFile;
import io.quaestor.persistence.note.CosignerKey;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.SigningKey;
import io.quaestor.persistence.note.VerifierKey;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key outside of any node. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a private key in a new file, for its owner alone, and prints its verifier key.",
      "The name of a node's key is its origin, by default quaestor.local/NODE."
    })
final class KeysGenerateCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the key.")
  private String name;

  @Parameters(index = "1", paramLabel = "FILE", description = "File to make.")
  private Path file;

  @Option(names = "--witness", description = "A key to cosign with, not to sign with.")
  private boolean witness;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects the fields
  KeysGenerateCommand() {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (Files.exists(file)) {
      err.printf("%s is there already; choose another file.%n", file);
      return ExitStatus.UNUSABLE;
    }
    try {
      VerifierKey made = witness ? cosigner() : signer();
      spec.commandLine().getOut().println(made);
      spec.commandLine().getOut().flush();
      return ExitStatus.OK;
    } catch (NoteRejected e) {
      err.printf("The name cannot be used: %s.%n", e.sentence());
      return ExitStatus.UNUSABLE;
    } catch (ChainRefused e) {
      err.println(e.getMessage());
      return ExitStatus.UNUSABLE;
    }
  }

  private VerifierKey signer() {
    SigningKey key = SigningKey.generate(name, new SecureRandom());
    new KeyFile(file).write(key.secretText());
    return key.verifier();
  }

  private VerifierKey cosigner() {
    CosignerKey key = CosignerKey.generate(name, new SecureRandom());
    new KeyFile(file).write(key.secretText());
    return key.verifier();
  }
}
