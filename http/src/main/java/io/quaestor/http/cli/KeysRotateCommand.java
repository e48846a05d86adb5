package io.quaestor.http.cli;

import com.typesafe.config.Config;
import io.quaestor.http.witness.WitnessCosigners;
import io.quaestor.http.witness.WitnessSettings;
import io.quaestor.persistence.CheckpointSettings;
import io.quaestor.persistence.Checkpointer;
import io.quaestor.persistence.Cosigners;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.NodeChains;
import io.quaestor.persistence.chain.ChainFailed;
import io.quaestor.persistence.chain.ChainFull;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.Reason;
import io.quaestor.persistence.checkpoint.KeyHistory;
import io.quaestor.persistence.checkpoint.KeySource;
import io.quaestor.persistence.checkpoint.NodeKey;
import io.quaestor.persistence.checkpoint.NodeKeys;
import io.quaestor.persistence.note.SigningKey;
import io.quaestor.persistence.note.VerifierKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Changes the key of a node that does not run. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = {
      "Changes the key of a node that does not run: the chain records the new key, and a"
          + " checkpoint signed by both keys hands over. Checkpoints of the old key stay valid.",
      "Takes the settings of serve: --config and QUAESTOR_* variables."
    })
final class KeysRotateCommand implements Callable<Integer> {

  @Mixin private NodeOptions node;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "File for the new key, where the old one was given by a variable.")
  private @Nullable Path to;

  @Option(
      names = "--old-key-lost",
      description = "Adopt a new key without the old one's signature. Every check will say so.")
  private boolean lost;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli injects the fields
  KeysRotateCommand() {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Config quaestor = node.load(Map.of()).getConfig("quaestor");
      rotate(quaestor, CheckpointSettings.from(quaestor));
      return ExitStatus.OK;
    } catch (NodeConfig.Invalid e) {
      err.println(e.getMessage());
      return ExitStatus.UNUSABLE;
    } catch (ChainRefused e) {
      err.printf("%s (%s)%n", Printable.of(e.getMessage()), e.code());
      return ExitStatus.of(e);
    } catch (IOException | ChainFull | ChainFailed e) {
      StorageEnd end = end(e);
      err.println(end.sentence());
      return end.status();
    }
  }

  private static StorageEnd end(Exception failure) {
    return StorageEnd.of(failure)
        .orElseGet(
            () ->
                new StorageEnd(
                    ExitStatus.FAILED,
                    "The change of the key did not end: %s.".formatted(reason(failure))));
  }

  private static String reason(Exception failure) {
    return failure instanceof IOException e ? Reason.of(e) : String.valueOf(failure.getMessage());
  }

  private void rotate(Config quaestor, CheckpointSettings settings) throws IOException {
    Path keyFile = keyFile(settings);
    Path directory = Path.of(quaestor.getString("data-dir"));
    if (!Files.isDirectory(directory)) {
      throw new NodeConfig.Invalid("There is no directory %s.".formatted(directory));
    }
    ProgressBar bar = ProgressBar.on(spec.commandLine().getErr());
    try (NodeChain chain =
        NodeChain.open(directory, NodeChains.settings(quaestor), settings.anchors(), bar)) {
      bar.finish();
      requireSameOrigin(current(chain, directory), settings);
      change(chain, settings, WitnessCosigners.of(chain, WitnessSettings.from(quaestor)), keyFile);
    } finally {
      bar.finish();
    }
  }

  private static VerifierKey current(NodeChain chain, Path directory) {
    return chain
        .opened()
        .keys()
        .current()
        .map(KeyHistory.Adopted::key)
        .orElseThrow(
            () ->
                new NodeConfig.Invalid(
                    "The chain in %s is not signed yet; its node makes a key when it starts."
                        .formatted(directory)));
  }

  /** A checkpoint of another origin would be one of another log. */
  private static void requireSameOrigin(VerifierKey current, CheckpointSettings settings) {
    if (!current.name().equals(settings.origin())) {
      throw new NodeConfig.Invalid(
          "The chain is signed as %s, and the setting quaestor.checkpoint.origin says %s; set it"
                  .formatted(current.name(), settings.origin())
              + " back. The origin of a chain cannot change.");
    }
  }

  private Path keyFile(CheckpointSettings settings) {
    if (settings.key() instanceof KeySource.Given && to == null) {
      throw new NodeConfig.Invalid(
          "The key is given by the setting quaestor.checkpoint.key, which cannot be written; name"
              + " a file for the new key with --to, then set the new key or the file.");
    }
    if (to != null && Files.exists(to)) {
      throw new NodeConfig.Invalid("%s is there already; choose another file.".formatted(to));
    }
    return to == null ? settings.keyFile() : to;
  }

  private void change(
      NodeChain chain, CheckpointSettings settings, Cosigners cosigners, Path keyFile)
      throws IOException {
    NodeKey nodeKey = settings.nodeKey();
    // What an earlier change left unfinished is finished before another key is prepared.
    NodeKeys present =
        lost ? NodeKeys.of(inPlaceOfTheLost(chain, nodeKey, keyFile)) : load(chain, nodeKey);
    try (Checkpointer checkpointer =
        Checkpointer.start(
            chain,
            present,
            new Checkpointer.Settings(settings.anchors(), cosigners, settings.interval()))) {
      if (!lost) {
        checkpointer.rotate(nodeKey.prepareNext(keyFile));
      }
      NodeKey.putInPlace(keyFile);
      print(checkpointer, keyFile);
    }
    printWhatToSet(settings, keyFile);
  }

  private static NodeKeys load(NodeChain chain, NodeKey nodeKey) {
    return nodeKey.load(chain.opened().keys(), chain.opened().verification().records());
  }

  private static SigningKey inPlaceOfTheLost(NodeChain chain, NodeKey nodeKey, Path keyFile) {
    try {
      load(chain, nodeKey);
    } catch (ChainRefused e) {
      return nodeKey.prepareNext(keyFile);
    }
    throw new NodeConfig.Invalid("The node's key is not lost; rotate without --old-key-lost.");
  }

  private void print(Checkpointer checkpointer, Path keyFile) {
    KeyHistory.Adopted adopted = checkpointer.keys().current().orElseThrow();
    PrintWriter out = spec.commandLine().getOut();
    out.printf("From record %d on checkpoints are signed by%n%s%n", adopted.seq(), adopted.key());
    out.printf("The private key is in %s.%n", keyFile);
    out.flush();
  }

  private void printWhatToSet(CheckpointSettings settings, Path keyFile) {
    boolean given = settings.key() instanceof KeySource.Given;
    PrintWriter out = spec.commandLine().getOut();
    if (given || !absolute(keyFile).equals(absolute(settings.keyFile()))) {
      out.printf(
          "Before the next start, set quaestor.checkpoint.key-file (variable %s) to it%s.%n",
          NodeConfig.variable("quaestor.checkpoint.key-file"),
          given ? " and take quaestor.checkpoint.key away" : "");
      out.flush();
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
