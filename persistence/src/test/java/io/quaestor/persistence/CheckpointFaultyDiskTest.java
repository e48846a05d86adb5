package io.quaestor.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.persistence.chain.ChainFailed;
import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.FaultyDisk;
import io.quaestor.persistence.chain.Seal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fails each disk operation of a signed node's life once: first start, records, a change of the
 * key, stop. Whatever failed, the next start finds what was acknowledged and refuses nothing.
 */
class CheckpointFaultyDiskTest {

  private static final int OPERATIONS_MAX = 400;

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void afterAnyFailedOperationTheNextStartFindsEverything(boolean half) throws IOException {
    int failAt = 0;
    FaultyDisk disk;
    do {
      failAt++;
      Path data = root.resolve("%s-%d".formatted(half, failAt));
      disk = new FaultyDisk(failAt, half);
      List<Seal> acknowledged = new ArrayList<>();
      live(data, disk, acknowledged);

      String where = "operation %d failed, half %s".formatted(failAt, half);
      SignedChains.run(
          data,
          List.of(),
          (chain, checkpointer) -> {
            for (Seal seal : acknowledged) {
              assertThat(chain.reader().record(seal.seq()).orElseThrow().seal())
                  .as(where)
                  .isEqualTo(seal);
            }
            SignedChains.seal(chain, 100, 101);
          });
      SignedChains.run(
          data,
          List.of(),
          (chain, checkpointer) ->
              assertThat(chain.opened().handovers().missing()).as(where).isEmpty());
      ChainFiles.deleteTree(data);
    } while (disk.failed() && failAt < OPERATIONS_MAX);

    assertThat(failAt).isBetween(20, OPERATIONS_MAX - 1);
  }

  private static void live(Path data, FaultyDisk disk, List<Seal> acknowledged) {
    try {
      SignedChains.run(
          data,
          SignedChains.settings().withDisk(disk),
          (chain, checkpointer) -> {
            for (int i = 1; i <= 12; i++) {
              acknowledged.addAll(chain.append(List.of(Samples.draft("team-a", i))));
            }
            Path file = SignedChains.keyFile(data);
            checkpointer.rotate(SignedChains.nodeKey(file).prepareNext(file));
            io.quaestor.persistence.checkpoint.NodeKey.putInPlace(file);
            for (int i = 13; i <= 16; i++) {
              acknowledged.addAll(chain.append(List.of(Samples.draft("team-a", i))));
            }
          });
    } catch (ChainFailed | ChainRefused | UncheckedIOException e) {
      // What a failing disk does to a node; the next start is what counts.
    }
  }
}
