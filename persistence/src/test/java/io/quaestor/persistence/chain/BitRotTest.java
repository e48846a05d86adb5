package io.quaestor.persistence.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each single bit of a small store, wrong once. */
class BitRotTest {

  private static final int RECORDS = 3;

  @TempDir Path directory;

  private Verdict verify(@Nullable Evidence evidence) throws IOException {
    return new ChainVerifier(LocalDisk.INSTANCE, directory, "node-1", evidence)
        .verify(Progress.NONE)
        .verdict();
  }

  private Evidence sealRecords() {
    try (NodeChain chain =
        NodeChain.open(directory, Samples.settings().withSegmentBytes(1_000), Progress.NONE)) {
      for (int i = 1; i <= RECORDS; i++) {
        chain.append(List.of(Samples.draft("team-a", i)));
      }
      return chain.withIndex(index -> java.util.Objects.requireNonNull(index.evidence()));
    }
  }

  @Test
  void noWrongBitIsAcceptedWhileTheIndexIsThere() throws Exception {
    Evidence evidence = sealRecords();
    assertThat(verify(evidence)).isInstanceOf(Verdict.Sound.class);

    for (int segment : Segments.list(LocalDisk.INSTANCE, directory)) {
      Path file = Segments.file(directory, segment);
      byte[] bytes = Files.readAllBytes(file);
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, bytes);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(verify(evidence))
            .as("bit %d of segment %d", bit, segment)
            .isInstanceOf(Verdict.Broken.class);
      }
      Files.write(file, bytes);
    }
  }

  @Test
  void withoutTheIndexAWrongBitCostsAtMostTheLastRecordAndIsReported() throws Exception {
    sealRecords();

    for (int segment : Segments.list(LocalDisk.INSTANCE, directory)) {
      Path file = Segments.file(directory, segment);
      byte[] bytes = Files.readAllBytes(file);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] ^= 4;
        Files.write(file, bytes);
        bytes[i] ^= 4;

        switch (verify(null)) {
          case Verdict.Broken broken -> {}
          case Verdict.Torn torn -> assertThat(torn.head().seq()).isEqualTo(RECORDS - 1);
          case Verdict.Sound sound ->
              throw new AssertionError("accepted byte %d of segment %d".formatted(i, segment));
        }
      }
      Files.write(file, bytes);
    }
  }
}
