package io.quaestor.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.chain.Draft;
import io.quaestor.persistence.chain.Seal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeChainTest {

  @TempDir Path directory;

  @Test
  void whatWasSealedIsThereAfterAReopen() {
    Seal seal;
    try (NodeChain chain = Samples.open(directory)) {
      chain.appendNode(new Event.NodeStarted("0.1.0", 0));
      seal = chain.append(List.of(Samples.draft("a", 1), Samples.draft("b", 1))).getLast();
    }

    try (NodeChain chain = Samples.open(directory)) {
      assertThat(chain.head().seq()).isEqualTo(3);
      assertThat(chain.head().hash()).isEqualTo(seal.hash());
      SealedEvent event = chain.reader().event("tenant|b", 1).orElseThrow();
      assertThat(event.event()).isEqualTo(Samples.toppedUp("b", 1));
      assertThat(event.seal()).isEqualTo(seal);
      assertThat(event.at()).isEqualTo(Samples.NOW);
      assertThat(chain.reader().highestEseq("node|node-1")).isEqualTo(1);
      assertThat(chain.append(List.of(Samples.draft("a", 2))).getFirst().prev())
          .isEqualTo(seal.hash());
    }
  }

  @Test
  void aDecisionIsFoundWithTheEndOfItsReservation() {
    try (NodeChain chain = Samples.open(directory)) {
      chain.append(List.of(Draft.of("tenant|a", 1, Samples.decision("a", "d-1"))));

      assertThat(chain.reader().decision("d-1").orElseThrow().ending()).isEmpty();

      chain.append(List.of(Draft.of("tenant|a", 2, Samples.released("a", "d-1"))));
      Decided decided = chain.reader().decision("d-1").orElseThrow();

      assertThat(decided.made().event()).isEqualTo(Samples.decision("a", "d-1"));
      assertThat(decided.ending().orElseThrow().event()).isEqualTo(Samples.released("a", "d-1"));
      assertThat(chain.reader().decision("d-2")).isEmpty();
    }
  }

  @Test
  void aRecordIsFoundByItsNumber() {
    try (NodeChain chain = Samples.open(directory)) {
      for (int i = 1; i <= 200; i++) {
        chain.append(List.of(Samples.draft("a", i)));
      }

      for (long seq : new long[] {1, 2, 64, 65, 66, 128, 200}) {
        assertThat(chain.reader().record(seq).orElseThrow().envelope().eseq()).isEqualTo(seq);
      }
      assertThat(chain.reader().record(201)).isEmpty();
      assertThat(chain.reader().record(0)).isEmpty();
    }
  }

  @Test
  void theSealsOfALastWriteAreTakenOnceAndThenComeFromTheIndex() {
    try (NodeChain chain = Samples.open(directory)) {
      List<Seal> seals = chain.append(Samples.atomic("a", 1, 3));

      assertThat(chain.takeSeals("tenant|a", 1, 3)).isEqualTo(seals);
      assertThat(chain.takeSeals("tenant|a", 2, 3)).isEqualTo(seals.subList(1, 3));
    }
  }

  @Test
  void projectionsGetEveryEventInOrder() {
    try (NodeChain chain = Samples.open(directory)) {
      List<Long> seen = new ArrayList<>();
      chain.addListener(batch -> batch.forEach(event -> seen.add(event.seal().seq())));

      chain.append(Samples.atomic("a", 1, 3));
      chain.append(List.of(Samples.draft("b", 1)));
      assertThat(seen).isEmpty();
      chain.appendNode(new Event.NodeStopped("test"));

      assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
  }

  @Test
  void aNewSegmentBeginsBeforeABatchThatWouldNotFit() throws Exception {
    try (NodeChain chain =
        NodeChain.open(
            directory,
            Samples.settings().withSegmentBytes(2_000),
            io.quaestor.persistence.chain.Progress.NONE)) {
      for (int i = 0; i < 20; i++) {
        chain.append(Samples.atomic("a", 1 + 3L * i, 3));
      }
    }

    assertThat(Files.size(directory.resolve("chain-00000001.log"))).isLessThanOrEqualTo(2_000);
    assertThat(directory.resolve("chain-00000020.log")).exists();
    try (NodeChain chain = Samples.open(directory)) {
      assertThat(chain.opened().verification().records()).isEqualTo(60);
      assertThat(chain.reader().records("tenant|a", 1, Long.MAX_VALUE, 100)).hasSize(60);
    }
  }
}
