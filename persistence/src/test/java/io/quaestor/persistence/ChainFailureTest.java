package io.quaestor.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.persistence.chain.ChainFailed;
import io.quaestor.persistence.chain.ChainFull;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.Draft;
import io.quaestor.persistence.chain.FaultyDisk;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.index.ChainIndex;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainFailureTest {

  @TempDir Path directory;

  @Test
  void afterAStorageErrorNothingIsEverWrittenAgain() {
    Samples.open(directory).close();
    // Opening makes one directory and opens one file; the third operation is the first write.
    FaultyDisk disk = new FaultyDisk(3, true);
    List<Throwable> told = new ArrayList<>();
    try (NodeChain chain =
        NodeChain.open(directory, Samples.settings().withDisk(disk), Progress.NONE)) {
      chain.onFailure(told::add);

      assertThatThrownBy(() -> chain.append(List.of(Samples.draft("a", 1))))
          .isInstanceOf(ChainFailed.class);
      assertThatThrownBy(() -> chain.append(List.of(Samples.draft("a", 1))))
          .isInstanceOf(ChainFailed.class);

      assertThat(told).hasSize(1);
      assertThat(chain.failure()).isPresent();
      assertThat(chain.hasRoomForDecisions()).isFalse();
    }
  }

  @Test
  void anIndexThatFailsOnAWriteEndsWritingAndIsMadeAnewAtTheNextStart() {
    try (NodeChain chain = Samples.open(directory)) {
      chain.withIndex(
          index -> {
            index.close();
            return index;
          });

      assertThatThrownBy(() -> chain.append(List.of(Samples.draft("a", 1))))
          .isInstanceOf(ChainFailed.class);
    }

    try (NodeChain chain = Samples.open(directory)) {
      assertThat(chain.reader().event("tenant|a", 1)).isPresent();
      assertThat(chain.opened().indexed()).isEqualTo(1);
    }
  }

  @Test
  void anIndexThatFailsOnAReadEndsWriting() {
    try (NodeChain chain = Samples.open(directory)) {
      chain.withIndex(ChainFailureTest::close);

      assertThatThrownBy(() -> chain.reader().event("tenant|a", 1))
          .isInstanceOf(RuntimeException.class);

      assertThat(chain.failure()).isPresent();
    }
  }

  private static ChainIndex close(ChainIndex index) {
    index.close();
    return index;
  }

  @Test
  void aDiskBelowTheHardFloorRefusesCleanly() {
    Samples.open(directory).close();
    long free = directory.toFile().getUsableSpace();
    var settings = Samples.settings().withFreeSpaceFloors(0, free - (1L << 28));

    try (NodeChain chain = NodeChain.open(directory, settings, Progress.NONE)) {
      chain.append(List.of(Samples.draft("a", 1)));
      assertThat(chain.hasRoomForDecisions()).isTrue();
    }
    assertThatThrownBy(
            () ->
                NodeChain.open(
                    directory, Samples.settings().withFreeSpaceFloors(0, 2 * free), Progress.NONE))
        .isInstanceOfSatisfying(
            ChainRefused.class,
            refused -> assertThat(refused.code()).isEqualTo(ChainRefused.Code.DISK_FULL));
  }

  @Test
  void aFullDiskRefusesAppendsWithoutPoisoningTheChain() throws Exception {
    FillingDisk disk = new FillingDisk();
    var settings = Samples.settings().withDisk(disk).withFreeSpaceFloors(1_000, 500);
    try (NodeChain chain = NodeChain.open(directory, settings, Progress.NONE)) {
      chain.append(List.of(Samples.draft("a", 1)));

      disk.fill(700);
      assertThat(chain.hasRoomForDecisions()).isFalse();
      chain.append(List.of(Samples.draft("a", 2)));

      disk.fill(400);
      assertThatThrownBy(() -> chain.append(List.of(Samples.draft("a", 3))))
          .isInstanceOf(ChainFull.class);
      assertThat(chain.head().seq()).isEqualTo(2);

      disk.fill(10_000);
      chain.append(List.of(Samples.draft("a", 3)));
      assertThat(chain.head().seq()).isEqualTo(3);
      assertThat(chain.failure()).isEmpty();
    }
  }

  @Test
  void aDraftThatCannotBeARecordIsRefusedAndNothingIsWritten() {
    try (NodeChain chain = Samples.open(directory)) {
      byte[] one = "1".getBytes(StandardCharsets.UTF_8);
      Draft tooLong = new Draft("e|1", 1, "T", one, null, null, 0, "x".repeat(40_000_000), null);

      assertThatThrownBy(() -> chain.append(List.of(Samples.draft("a", 1), tooLong)))
          .isInstanceOf(IllegalArgumentException.class);

      assertThat(chain.head().seq()).isZero();
      chain.append(List.of(Samples.draft("a", 1)));
      assertThat(chain.head().seq()).isEqualTo(1);
    }
  }

  @Test
  void anInterruptedCallerDoesNotHarmTheChain() {
    try (NodeChain chain = Samples.open(directory)) {
      Thread.currentThread().interrupt();

      chain.append(List.of(Samples.draft("a", 1)));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(chain.failure()).isEmpty();
    }
  }
}
