package io.quaestor.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.NodeChains;
import io.quaestor.persistence.Samples;
import io.quaestor.persistence.chain.FaultyDisk;
import io.quaestor.persistence.chain.Progress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.testkit.TestProbe;
import org.junit.jupiter.api.Test;

class GroupCommitTest extends PluginTest {

  private static final int WRITERS = 64;
  private static final int ROUNDS = 20;

  @Test
  void concurrentWritersShareSyncs() {
    ActorSystem system = start();
    FaultyDisk disk = new FaultyDisk(0, false);
    NodeChain chain = NodeChain.open(directory, Samples.settings().withDisk(disk), Progress.NONE);
    NodeChains.get(system).provide(chain);
    Queue<Long> projected = new ConcurrentLinkedQueue<>();
    chain.addListener(batch -> batch.forEach(event -> projected.add(event.seal().seq())));
    ActorRef journal = journal(system);
    List<TestProbe> writers =
        IntStream.range(0, WRITERS).mapToObj(i -> new TestProbe(system)).toList();
    int syncsBefore = disk.syncs();

    for (int round = 1; round <= ROUNDS; round++) {
      for (int i = 0; i < WRITERS; i++) {
        String tenant = "t" + i;
        write(
            journal,
            writers.get(i),
            atomic(event("tenant|" + tenant, round, Samples.toppedUp(tenant, round))));
      }
      for (TestProbe writer : writers) {
        writer.expectMsgClass(JournalProtocol.WriteMessagesSuccessful$.class);
        writer.expectMsgClass(JournalProtocol.WriteMessageSuccess.class);
      }
    }

    int writes = WRITERS * ROUNDS;
    int syncs = disk.syncs() - syncsBefore;
    System.out.printf("GroupCommitTest: %d writes, %d syncs%n", writes, syncs);
    assertThat(syncs).isLessThan(writes / 4);
    assertThat(chain.head().seq()).isEqualTo(writes);
    org.awaitility.Awaitility.await().until(() -> projected.size() == writes);
    assertThat(projected)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, writes).boxed().toList());
  }

  @Test
  void aBatchHasABound() {
    ActorSystem system = start(directory, "quaestor.journal.batch-records-max = 3");
    ActorRef journal = journal(system);
    TestProbe probe = new TestProbe(system);
    for (int i = 0; i < 10; i++) {
      write(journal, probe, atomic(event("e|" + i, 1, "p"), event("e|" + i, 2, "p")));
    }

    for (int i = 0; i < 10; i++) {
      probe.expectMsgClass(JournalProtocol.WriteMessagesSuccessful$.class);
      probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class);
      probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class);
    }
    assertThat(chain(system).head().seq()).isEqualTo(20);
  }

  @Test
  void aStorageErrorFailsEveryWriteThatWaits() {
    ActorSystem system = start();
    // Two operations open the chain, two write the first batch; the fifth is the next write.
    io.quaestor.persistence.Samples.open(directory).close();
    FaultyDisk disk = new FaultyDisk(5, true);
    NodeChain chain = NodeChain.open(directory, Samples.settings().withDisk(disk), Progress.NONE);
    NodeChains.get(system).provide(chain);
    ActorRef journal = journal(system);
    TestProbe probe = new TestProbe(system);
    writeAll(journal, probe, "e|1", 1, "p");

    write(journal, probe, atomic(event("e|1", 2, "p")));
    probe.expectMsgClass(JournalProtocol.WriteMessagesFailed.class);
    probe.expectMsgClass(JournalProtocol.WriteMessageFailure.class);
    write(journal, probe, atomic(event("e|1", 2, "p")));
    probe.expectMsgClass(JournalProtocol.WriteMessagesFailed.class);

    assertThat(chain.failure()).isPresent();
  }
}
