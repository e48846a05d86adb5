package io.quaestor.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.event.Event.TailRepaired;
import io.quaestor.persistence.chain.ChainFailed;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Draft;
import io.quaestor.persistence.chain.FaultyDisk;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Seal;
import io.quaestor.persistence.chain.Segments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each disk operation of a scenario fails once; nothing that was acknowledged may be missing. */
class FaultyDiskTest {

  private static final int OPERATIONS_AT_LEAST = 40;
  private static final String TORN = "0123456789abcdef {\"prev";

  @TempDir Path root;

  private final List<Seal> acknowledged = new ArrayList<>();
  private boolean torn;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whateverFailsTheChainVerifiesAfterwardsAndNothingAcknowledgedIsMissing(boolean half)
      throws Exception {
    int failAt = 0;
    boolean failed;
    do {
      failAt++;
      Path directory = root.resolve("fail-" + failAt);
      FaultyDisk disk = new FaultyDisk(failAt, half);
      acknowledged.clear();
      torn = false;
      runScenario(directory, disk);
      failed = disk.failed();
      expectEverythingAcknowledged(directory, failAt);
      ChainFiles.deleteTree(directory);
    } while (failed);
    assertThat(failAt).isGreaterThan(OPERATIONS_AT_LEAST);
  }

  private static ChainSettings settings() {
    return Samples.settings().withSegmentBytes(1_500);
  }

  /** Creates a chain, appends over several segments, finds a torn tail, repairs, appends again. */
  private void runScenario(Path directory, FaultyDisk disk) throws IOException {
    if (session(directory, disk, 0)) {
      int last = lastSegment(directory);
      Files.writeString(Segments.file(directory, last), TORN, StandardOpenOption.APPEND);
      torn = true;
      session(directory, disk, 100);
    }
  }

  private boolean session(Path directory, FaultyDisk disk, int from) {
    try (NodeChain chain = NodeChain.open(directory, settings().withDisk(disk), Progress.NONE)) {
      for (int i = 1; i <= 6; i++) {
        List<Draft> batch = new ArrayList<>(Samples.atomic("a", from + 3 * i, 2));
        batch.add(Samples.draft("b", from + i));
        acknowledged.addAll(chain.append(batch));
      }
      return true;
    } catch (ChainRefused | ChainFailed e) {
      return false;
    }
  }

  /** Repairs of the tail that the scenario tore; a failed write may have left another one. */
  private static long repairs(NodeChain chain) {
    return chain.reader().records("node|node-1", 1, Long.MAX_VALUE, 100).stream()
        .filter(record -> record.isEvent())
        .map(record -> record.event())
        .filter(
            event -> event instanceof TailRepaired repaired && repaired.bytes() == TORN.length())
        .count();
  }

  private static int lastSegment(Path directory) {
    int last = 1;
    while (Files.exists(Segments.file(directory, last + 1))) {
      last++;
    }
    return last;
  }

  private void expectEverythingAcknowledged(Path directory, int failAt) {
    try (NodeChain chain = NodeChain.open(directory, settings(), Progress.NONE)) {
      for (Seal seal : acknowledged) {
        assertThat(chain.reader().record(seal.seq()).orElseThrow().seal())
            .as("operation %d failed", failAt)
            .isEqualTo(seal);
      }
      if (torn) {
        assertThat(repairs(chain)).as("operation %d failed", failAt).isEqualTo(1);
      }
      chain.append(List.of(Samples.draft("c", 1)));
    }
  }
}
