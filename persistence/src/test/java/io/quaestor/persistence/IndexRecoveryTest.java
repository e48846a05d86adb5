package io.quaestor.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.chain.Draft;
import io.quaestor.persistence.chain.Head;
import io.quaestor.persistence.chain.RecordLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index lost, old, damaged or foreign: what is read from the chain stays the same. */
class IndexRecoveryTest {

  private static final int RECORDS = 300;

  @TempDir Path root;

  private Path directory = Path.of("");
  private Contents before = new Contents(Head.EMPTY, List.of(), 0, Optional.empty());

  @BeforeEach
  void seal() {
    directory = root.resolve("data");
    try (NodeChain chain = Samples.open(directory)) {
      for (int i = 1; i <= RECORDS; i++) {
        chain.append(List.of(Samples.draft("a", i)));
      }
      chain.append(List.of(Draft.of("tenant|b", 1, Samples.decision("b", "d-1"))));
      chain.append(List.of(Draft.of("tenant|b", 2, Samples.released("b", "d-1"))));
      chain.appendNode(new Event.EventsDeleted("tenant|a", 17));
      before = contents(chain);
    }
  }

  /** What an upper layer can see. */
  record Contents(Head head, List<String> hashes, long deletedTo, Optional<Decided> decided) {}

  private static Contents contents(NodeChain chain) {
    List<String> hashes = new ArrayList<>();
    for (String entity : List.of("tenant|a", "tenant|b", "node|node-1")) {
      chain.reader().records(entity, 1, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
          .map(RecordLine::hash)
          .forEach(hashes::add);
    }
    return new Contents(
        chain.head(), hashes, chain.reader().deletedTo("tenant|a"), chain.reader().decision("d-1"));
  }

  private Contents reopened() {
    try (NodeChain chain = Samples.open(directory)) {
      return contents(chain);
    }
  }

  @Test
  void aDeletedIndexIsRebuilt() throws Exception {
    ChainFiles.deleteIndex(directory);

    try (NodeChain chain = Samples.open(directory)) {
      assertThat(chain.opened().indexed()).isEqualTo(RECORDS + 3);
      assertThat(contents(chain)).isEqualTo(before);
    }
  }

  @Test
  void anOldIndexCatchesUp() throws Exception {
    Path old = root.resolve("old-index");
    ChainFiles.copy(directory.resolve("index"), old);
    try (NodeChain chain = Samples.open(directory)) {
      chain.append(Samples.atomic("c", 1, 5));
      before = contents(chain);
    }
    ChainFiles.deleteIndex(directory);
    ChainFiles.copy(old, directory.resolve("index"));

    try (NodeChain chain = Samples.open(directory)) {
      assertThat(chain.opened().indexed()).isEqualTo(5);
      assertThat(contents(chain)).isEqualTo(before);
      assertThat(chain.reader().highestEseq("tenant|c")).isEqualTo(5);
    }
  }

  @Test
  void theIndexOfAnotherChainIsReplaced() throws Exception {
    Path other = root.resolve("other");
    try (NodeChain chain = Samples.open(other)) {
      chain.append(Samples.atomic("z", 1, 20));
    }
    ChainFiles.deleteIndex(directory);
    ChainFiles.copy(other.resolve("index"), directory.resolve("index"));

    try (NodeChain chain = Samples.open(directory)) {
      assertThat(contents(chain)).isEqualTo(before);
      assertThat(chain.reader().highestEseq("tenant|z")).isZero();
    }
  }

  @Test
  void anIndexWithoutItsCurrentFileIsRebuilt() throws Exception {
    Files.delete(directory.resolve("index/CURRENT"));

    assertThat(reopened()).isEqualTo(before);
  }

  @Test
  void anIndexThatWasFoundDamagedIsRebuilt() throws Exception {
    Files.createFile(directory.resolve("INDEX-DAMAGED"));

    assertThat(reopened()).isEqualTo(before);
    assertThat(directory.resolve("INDEX-DAMAGED")).doesNotExist();
  }

  @Test
  void aWrongByteInTheIndexNeverChangesWhatIsRead() throws Exception {
    reopened(); // LevelDB moves its log into a table when it opens
    long seed = System.nanoTime();
    System.out.println("IndexRecoveryTest seed " + seed);
    Random random = new Random(seed);
    Path sound = root.resolve("sound-index");
    ChainFiles.copy(directory.resolve("index"), sound);
    for (Path file : files(sound)) {
      int size = (int) Files.size(file);
      for (int i = 0; i < Math.min(size, 25); i++) {
        ChainFiles.deleteIndex(directory);
        ChainFiles.copy(sound, directory.resolve("index"));
        int offset = random.nextInt(size);
        ChainFiles.flip(directory.resolve("index").resolve(file.getFileName()), offset);

        assertThat(readWithOneRestart())
            .as("byte %d of %s", offset, file.getFileName())
            .isEqualTo(before);
      }
    }
  }

  /** A damaged index may be noticed while it is read; then the node stops, and starts again. */
  private Contents readWithOneRestart() {
    try {
      return reopened();
    } catch (RuntimeException e) {
      return reopened();
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @Test
  void aRebuiltIndexKnowsHowEveryReservationEnded() throws Exception {
    List<Event.TenantEvent> endings =
        List.of(
            Samples.released("e", "released"),
            Samples.committed("e", "committed", false),
            Samples.expired("e", "expired"),
            Samples.expired("e", "late"),
            Samples.committed("e", "late", true),
            Samples.outcome("e", "outcome", Samples.committed("e", "outcome", false)),
            Samples.expired("e", "late-outcome"),
            Samples.outcome("e", "late-outcome", Samples.committed("e", "late-outcome", true)));
    List<String> ids =
        List.of("released", "committed", "expired", "late", "outcome", "late-outcome");
    List<Optional<Decided>> known;
    try (NodeChain chain = Samples.open(directory)) {
      long eseq = 0;
      for (String id : ids) {
        chain.append(List.of(Draft.of("tenant|e", ++eseq, Samples.decision("e", id))));
      }
      for (Event.TenantEvent ending : endings) {
        chain.append(List.of(Draft.of("tenant|e", ++eseq, ending)));
      }
      known = ids.stream().map(chain.reader()::decision).toList();
    }
    ChainFiles.deleteIndex(directory);

    try (NodeChain chain = Samples.open(directory)) {
      assertThat(ids.stream().map(chain.reader()::decision).toList()).isEqualTo(known);
      assertThat(known).allMatch(decided -> decided.orElseThrow().ending().isPresent());
    }
  }
}
