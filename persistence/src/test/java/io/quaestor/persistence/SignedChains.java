package io.quaestor.persistence;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.checkpoint.DirectoryAnchor;
import io.quaestor.persistence.checkpoint.KeySource;
import io.quaestor.persistence.checkpoint.NodeKey;
import io.quaestor.persistence.checkpoint.NodeKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Chains that are signed as a node signs them, closed in order, and opened again. */
final class SignedChains {

  static final String ORIGIN = "quaestor.local/node-1";

  /** So long that a test's checkpoints are those of the start and of the end. */
  private static final Duration NEVER = Duration.ofHours(1);

  private SignedChains() {}

  static ChainSettings settings() {
    return Samples.settings().withSegmentBytes(2_000);
  }

  static Path keyFile(Path directory) {
    return directory.resolve("node.key");
  }

  static NodeKey nodeKey(Path file) {
    return new NodeKey(new KeySource.InFile(file), ORIGIN);
  }

  static Anchor anchor(Path anchorDirectory) {
    return DirectoryAnchor.elsewhere(Disk.local(), anchorDirectory, "node-1");
  }

  /** Opens as a node does, works, and stops in order. */
  static void run(Path directory, List<Anchor> anchors, Work work) {
    run(directory, anchors, NEVER, work);
  }

  static void run(Path directory, List<Anchor> anchors, Duration interval, Work work) {
    run(directory, settings(), keyFile(directory), anchors, interval, work);
  }

  /** The same with a key that is kept in another place. */
  static void run(Path directory, Path keyFile, Work work) {
    run(directory, settings(), keyFile, List.of(), NEVER, work);
  }

  /** The same on another disk. */
  static void run(Path directory, ChainSettings settings, Work work) {
    run(directory, settings, keyFile(directory), List.of(), NEVER, work);
  }

  private static void run(
      Path directory,
      ChainSettings settings,
      Path keyFile,
      List<Anchor> anchors,
      Duration interval,
      Work work) {
    try (NodeChain chain = NodeChain.open(directory, settings, anchors, Progress.NONE)) {
      NodeKeys key =
          nodeKey(keyFile).load(chain.opened().keys(), chain.opened().verification().records());
      try (Checkpointer checkpointer =
          Checkpointer.start(
              chain, key, new Checkpointer.Settings(anchors, Cosigners.NONE, interval))) {
        work.on(chain, checkpointer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  interface Work {
    void on(NodeChain chain, Checkpointer checkpointer) throws IOException;
  }

  /** Seals the events {@code from} to {@code to} of one tenant, each by itself. */
  static void seal(NodeChain chain, int from, int to) {
    for (int i = from; i <= to; i++) {
      chain.append(List.of(Samples.draft("team-a", i)));
    }
  }

  /** Why a node would not start on the directory; empty when it would. */
  static Optional<ChainRefused> refusal(Path directory, List<Anchor> anchors) {
    try {
      run(directory, anchors, (chain, checkpointer) -> {});
      return Optional.empty();
    } catch (ChainRefused e) {
      return Optional.of(e);
    }
  }
}
