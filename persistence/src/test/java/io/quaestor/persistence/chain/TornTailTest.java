package io.quaestor.persistence.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.event.Event.TailRepaired;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A chain of two acknowledged records whose last batch, a single event and an atomic write of
 * three, is cut at each of its bytes.
 */
class TornTailTest {

  private static final int ACKNOWLEDGED = 2;

  @TempDir Path directory;

  private Path segment = Path.of("");
  private byte[] whole = {};
  private int batchStart;

  /** Where record 3, 4, 5 and 6 end. */
  private final List<Integer> ends = new ArrayList<>();

  private @Nullable Evidence evidenceBefore;
  private @Nullable Evidence evidenceAfter;

  @BeforeEach
  void sealABatch() throws IOException {
    segment = Segments.file(directory, 1);
    try (NodeChain chain = Samples.open(directory)) {
      chain.append(List.of(Samples.draft("a", 1)));
      chain.append(List.of(Samples.draft("a", 2)));
      batchStart = (int) Files.size(segment);
      evidenceBefore = chain.withIndex(index -> Objects.requireNonNull(index.evidence()));
      List<Draft> batch = new ArrayList<>(Samples.atomic("b", 1, 3));
      batch.addFirst(Samples.draft("a", 3));
      chain.append(batch);
      evidenceAfter = chain.withIndex(index -> Objects.requireNonNull(index.evidence()));
    }
    whole = Files.readAllBytes(segment);
    for (int i = batchStart; i < whole.length; i++) {
      if (whole[i] == '\n') {
        ends.add(i + 1);
      }
    }
    assertThat(ends).hasSize(4);
  }

  private Verdict cutAt(int size, @Nullable Evidence evidence) throws IOException {
    Files.write(segment, Arrays.copyOf(whole, size));
    return new ChainVerifier(LocalDisk.INSTANCE, directory, "node-1", evidence)
        .verify(Progress.NONE)
        .verdict();
  }

  /** The single event survives when it is whole, the atomic write when its last event is. */
  private long expectedHead(int size) {
    if (size >= ends.get(3)) {
      return 6;
    }
    return size >= ends.get(0) ? 3 : ACKNOWLEDGED;
  }

  @Test
  void anUnacknowledgedBatchCutAnywhereIsTorn() throws Exception {
    for (int size = batchStart; size <= whole.length; size++) {
      for (Evidence evidence : Arrays.asList(evidenceBefore, null)) {
        Verdict verdict = cutAt(size, evidence);

        boolean clean = size == batchStart || size == ends.get(0) || size == ends.get(3);
        if (clean) {
          assertThat(((Verdict.Sound) verdict).head().seq()).isEqualTo(expectedHead(size));
        } else {
          Verdict.Torn torn = (Verdict.Torn) verdict;
          assertThat(torn.head().seq()).as("cut at %d", size).isEqualTo(expectedHead(size));
          assertThat(torn.indexed()).isFalse();
          assertThat(torn.from()).isEqualTo(size < ends.get(0) ? batchStart : ends.get(0));
          assertThat(torn.to()).isEqualTo(size);
        }
      }
    }
  }

  @Test
  void anAcknowledgedBatchIsTornOnlyWithinItsLastRecord() throws Exception {
    for (int size = 0; size < whole.length; size++) {
      Verdict verdict = cutAt(size, evidenceAfter);

      if (size > ends.get(2)) {
        Verdict.Torn torn = (Verdict.Torn) verdict;
        assertThat(torn.indexed()).isTrue();
        assertThat(torn.head().seq()).isEqualTo(3);
      } else {
        assertThat(verdict).as("cut at %d", size).isInstanceOf(Verdict.Broken.class);
      }
    }
  }

  @Test
  void zerosOrGarbageBehindTheLastRecordAreATornTail() throws Exception {
    for (byte filler : new byte[] {0, 'x', '\n'}) {
      byte[] longer = Arrays.copyOf(whole, whole.length + 10_000);
      Arrays.fill(longer, whole.length, longer.length, filler);
      Files.write(segment, longer);

      Verdict verdict =
          new ChainVerifier(LocalDisk.INSTANCE, directory, "node-1", evidenceAfter)
              .verify(Progress.NONE)
              .verdict();

      assertThat(((Verdict.Torn) verdict).head().seq()).isEqualTo(6);
      assertThat(((Verdict.Torn) verdict).from()).isEqualTo(whole.length);
    }
  }

  @Test
  void theTornBytesAreMovedAsideAndTheRepairIsRecorded() throws Exception {
    int size = ends.get(1) + 17;
    Files.write(segment, Arrays.copyOf(whole, size));
    deleteIndex();

    try (NodeChain chain = Samples.open(directory)) {
      TailRepaired repaired = chain.opened().repaired().orElseThrow();
      assertThat(repaired.offset()).isEqualTo(ends.get(0).longValue());
      assertThat(repaired.bytes()).isEqualTo(size - ends.get(0));
      assertThat(chain.opened().repairedMayBeAcknowledged()).isFalse();
      assertThat(Files.readAllBytes(directory.resolve(repaired.movedTo())))
          .isEqualTo(Arrays.copyOfRange(whole, ends.get(0), size));
      assertThat(chain.reader().event("node|node-1", 1).orElseThrow().event()).isEqualTo(repaired);
      assertThat(chain.reader().event("tenant|b", 1)).isEmpty();
      assertThat(chain.head().seq()).isEqualTo(4);
    }
    try (NodeChain chain = Samples.open(directory)) {
      assertThat(chain.opened().repaired()).isEmpty();
      assertThat(chain.head().seq()).isEqualTo(4);
    }
  }

  @Test
  void aRepairOfWhatTheIndexHadSeenSaysSo() throws Exception {
    Files.write(segment, Arrays.copyOf(whole, whole.length - 1));

    try (NodeChain chain = Samples.open(directory)) {
      assertThat(chain.opened().repaired()).isPresent();
      assertThat(chain.opened().repairedMayBeAcknowledged()).isTrue();
      assertThat(chain.reader().event("tenant|b", 3)).isEmpty();
      assertThat(chain.reader().highestEseq("tenant|b")).isZero();
    }
  }

  @Test
  void anAtomicWriteThatBeginsASegmentIsTakenAwayWithIt() throws Exception {
    Path fresh = directory.resolve("fresh");
    try (NodeChain chain =
        NodeChain.open(fresh, Samples.settings().withSegmentBytes(500), Progress.NONE)) {
      chain.append(List.of(Samples.draft("a", 1)));
      chain.append(Samples.atomic("b", 1, 3));
    }
    Path second = Segments.file(fresh, 2);
    byte[] bytes = Files.readAllBytes(second);
    Files.write(second, Arrays.copyOf(bytes, bytes.length - 700));

    Verdict.Torn torn =
        (Verdict.Torn)
            new ChainVerifier(LocalDisk.INSTANCE, fresh, "node-1", null)
                .verify(Progress.NONE)
                .verdict();

    assertThat(torn.from()).isZero();
    assertThat(torn.head().seq()).isEqualTo(1);
    assertThat(torn.head().segment()).isEqualTo(1);
    assertThat(torn.head().end()).isEqualTo(Files.size(Segments.file(fresh, 1)));
  }

  @Test
  void anEmptyLastSegmentIsWhatACrashAfterARollLeaves() throws Exception {
    Files.write(Segments.file(directory, 2), new byte[0]);

    try (NodeChain chain = Samples.open(directory)) {
      assertThat(chain.opened().repaired()).isEmpty();
      chain.append(List.of(Samples.draft("a", 4)));
      assertThat(chain.head().segment()).isEqualTo(2);
    }
    try (NodeChain chain = Samples.open(directory)) {
      assertThat(chain.head().seq()).isEqualTo(7);
    }
  }

  private void deleteIndex() throws IOException {
    Path index = directory.resolve("index");
    try (var files = Files.list(index)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
