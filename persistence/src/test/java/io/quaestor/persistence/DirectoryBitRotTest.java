package io.quaestor.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.Head;
import io.quaestor.persistence.chain.RecordLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips a bit in every byte of a small directory that was closed in order, one at a time: segments,
 * checkpoints, key, format file. Each start is refused, or finds the very same history. (The index
 * is another matter: it is derived, and {@link IndexRecoveryTest} damages it.)
 */
class DirectoryBitRotTest {

  /** In every build one byte in so many; all of them in the long run. */
  private static final int STRIDE = 16;

  @TempDir Path root;

  private Path sound = Path.of("");
  private History history = new History(Head.EMPTY, List.of());

  /** What the chain says. */
  record History(Head head, List<String> hashes) {}

  @BeforeEach
  void aSmallSignedChain() {
    sound = root.resolve("sound");
    SignedChains.run(
        sound,
        List.of(),
        (chain, checkpointer) -> {
          SignedChains.seal(chain, 1, 8);
          history = history(chain);
        });
  }

  private static History history(NodeChain chain) {
    List<String> hashes = new ArrayList<>();
    for (long seq = 1; seq <= chain.head().seq(); seq++) {
      chain.reader().record(seq).map(RecordLine::hash).ifPresent(hashes::add);
    }
    return new History(chain.head(), hashes);
  }

  @Test
  void aFlippedBitIsRefusedOrChangesNothing() throws IOException {
    long seed = System.nanoTime();
    System.out.println("DirectoryBitRotTest: seed " + seed);
    flipEach(STRIDE, new Random(seed).nextInt(STRIDE));
  }

  @Test
  @Tag("long")
  void aFlippedBitInAnyByteIsRefusedOrChangesNothing() throws IOException {
    flipEach(1, 0);
  }

  private void flipEach(int stride, int first) throws IOException {
    Path copy = root.resolve("copy");
    ChainFiles.copy(sound, copy);
    int refused = 0;
    for (Path file : files(copy)) {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = first; i < bytes.length; i += stride) {
        ChainFiles.flip(file, i);
        refused += outcome(copy, file + " byte " + i) ? 1 : 0;
        ChainFiles.deleteTree(copy);
        ChainFiles.copy(sound, copy);
      }
    }
    assertThat(refused).isPositive();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("LOCK"))
          .sorted()
          .toList();
    }
  }

  /** Whether the start was refused; when it was not, nothing may be missing or other. */
  private boolean outcome(Path directory, String where) {
    try {
      SignedChains.run(
          directory,
          List.of(),
          (chain, checkpointer) -> assertThat(history(chain)).as(where).isEqualTo(history));
      return false;
    } catch (ChainRefused e) {
      assertThat(e.getMessage()).as(where).isNotBlank();
      return true;
    }
  }
}
