package io.quaestor.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageFailure;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageRejected;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageSuccess;
import org.apache.pekko.persistence.JournalProtocol.WriteMessagesFailed;
import org.apache.pekko.persistence.JournalProtocol.WriteMessagesSuccessful$;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.testkit.TestProbe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Pekko demands of a journal; its own suite is run besides. */
class SealedJournalTest extends PluginTest {

  private static final String ENTITY = "tenant|a";

  private ActorSystem system = ActorSystem.create();
  private TestProbe probe = new TestProbe(system);
  private ActorRef journal = ActorRef.noSender();

  @BeforeEach
  void writeFiveEvents() {
    stop(system);
    system = start();
    probe = new TestProbe(system);
    journal = journal(system);
    writeAll(journal, probe, ENTITY, 1, "e1", "e2", "e3", "e4", "e5");
  }

  private Replay replay(long from, long to, long max) {
    return replay(journal, probe, ENTITY, from, to, max);
  }

  @Test
  void replaysRangesUpToAMaximum() {
    assertThat(replay(1, Long.MAX_VALUE, Long.MAX_VALUE).payloads())
        .containsExactly("e1", "e2", "e3", "e4", "e5");
    assertThat(replay(2, 4, Long.MAX_VALUE).payloads()).containsExactly("e2", "e3", "e4");
    assertThat(replay(2, 4, 2).payloads()).containsExactly("e2", "e3");
    assertThat(replay(4, 2, 9).payloads()).isEmpty();
    assertThat(replay(1, 5, 0).payloads()).isEmpty();
    assertThat(replay(1, 2, 9).highest()).isEqualTo(5);
    assertThat(replay(journal, probe, "tenant|none", 0, 9, 9))
        .isEqualTo(new Replay(java.util.List.of(), 0));
  }

  @Test
  void replaysTheSameAfterARestart() {
    stop(system);
    ActorSystem next = start();

    Replay replay = replayAll(journal(next), new TestProbe(next), ENTITY);

    assertThat(replay.payloads()).containsExactly("e1", "e2", "e3", "e4", "e5");
    assertThat(replay.events().getFirst().writerUuid()).isEqualTo("writer-1");
    assertThat(replay.events().getFirst().timestamp()).isPositive();
  }

  @Test
  void deletionHidesEventsAndKeepsTheHighestNumber() {
    delete(journal, probe, ENTITY, 3);
    assertThat(replay(1, 9, 9).payloads()).containsExactly("e4", "e5");
    delete(journal, probe, ENTITY, 2);
    assertThat(replay(1, 9, 9).payloads()).containsExactly("e4", "e5");

    delete(journal, probe, ENTITY, Long.MAX_VALUE);
    assertThat(replay(1, 9, 9)).isEqualTo(new Replay(java.util.List.of(), 5));

    writeAll(journal, probe, ENTITY, 6, "e6");
    assertThat(replay(1, 9, 9).payloads()).containsExactly("e6");
    stop(system);
    ActorSystem next = start();
    assertThat(replayAll(journal(next), new TestProbe(next), ENTITY).payloads())
        .containsExactly("e6");
  }

  @Test
  void anAtomicWriteOfSeveralEventsIsOneWrite() {
    write(journal, probe, atomic(event(ENTITY, 6, "e6"), event(ENTITY, 7, "e7")));
    probe.expectMsgClass(WriteMessagesSuccessful$.class);
    probe.expectMsgClass(WriteMessageSuccess.class);
    probe.expectMsgClass(WriteMessageSuccess.class);

    assertThat(chain(system).reader().record(ENTITY, 6).orElseThrow().envelope().rest())
        .isEqualTo(1);
    assertThat(chain(system).reader().record(ENTITY, 7).orElseThrow().envelope().rest()).isZero();
  }

  @Test
  void anEventThatCannotBeSerializedRejectsItsOwnAtomicWriteOnly() {
    write(
        journal,
        probe,
        atomic(event(ENTITY, 6, "e6")),
        atomic(event(ENTITY, 7, "e7"), event(ENTITY, 8, new Object())),
        atomic(event(ENTITY, 9, "e9")));

    probe.expectMsgClass(WriteMessagesSuccessful$.class);
    probe.expectMsgClass(WriteMessageSuccess.class);
    probe.expectMsgClass(WriteMessageRejected.class);
    probe.expectMsgClass(WriteMessageRejected.class);
    probe.expectMsgClass(WriteMessageSuccess.class);
    assertThat(replay(6, 9, 9).payloads()).containsExactly("e6", "e9");
  }

  @Test
  void aSecondWriterOfTheSameNumberFails() {
    write(journal, probe, atomic(event(ENTITY, 5, "other")));

    probe.expectMsgClass(WriteMessagesFailed.class);
    assertThat(probe.expectMsgClass(WriteMessageFailure.class).cause())
        .isInstanceOf(WriteConflict.class);
    assertThat(replay(1, 9, 9).payloads()).hasSize(5).last().isEqualTo("e5");
  }

  @Test
  void aGapInTheNumbersIsAllowed() {
    writeAll(journal, probe, ENTITY, 9, "e9");

    assertThat(replay(1, 20, 20).highest()).isEqualTo(9);
  }

  @Test
  void metadataAndManifestComeBack() {
    write(
        journal,
        probe,
        atomic(event(ENTITY, 6, "e6").withMetadata("meta \"1\"").withManifest("m-1")));
    probe.expectMsgClass(WriteMessagesSuccessful$.class);
    probe.expectMsgClass(WriteMessageSuccess.class);

    var event = replay(6, 6, 1).events().getFirst();
    assertThat(event.metadata().get()).isEqualTo("meta \"1\"");
    assertThat(event.manifest()).isEqualTo("m-1");
  }

  @Test
  void eventsOfTheFamilyArePlainJsonAndTheirSealsAreAtHand() {
    var decision = Samples.decision("b", "d-1");
    writeAll(journal, probe, "tenant|b", 1, decision, Samples.released("b", "d-1"));

    NodeChain chain = chain(system);
    assertThat(chain.takeSeals("tenant|b", 1, 2))
        .hasSize(2)
        .allSatisfy(seal -> assertThat(seal.node()).isEqualTo("node-1"));
    assertThat(replayAll(journal, probe, "tenant|b").payloads())
        .containsExactly(decision, Samples.released("b", "d-1"));
    assertThat(chain.reader().decision("d-1").orElseThrow().made().event()).isEqualTo(decision);
  }

  @Test
  void severalSystemsAndSeveralJournalsLiveInOneProcess() {
    Path second = directory.resolve("second");
    Path third = directory.resolve("third");
    ActorSystem other =
        start(second, "other-journal = ${quaestor.journal} { data-dir = \"%s\" }".formatted(third));
    TestProbe otherProbe = new TestProbe(other);
    ActorRef otherJournal =
        Persistence.get(other)
            .journalFor("other-journal", com.typesafe.config.ConfigFactory.empty());

    writeAll(journal(other), otherProbe, ENTITY, 1, "second");
    writeAll(otherJournal, otherProbe, ENTITY, 1, "third");

    assertThat(replayAll(journal(other), otherProbe, ENTITY).payloads()).containsExactly("second");
    assertThat(replayAll(otherJournal, otherProbe, ENTITY).payloads()).containsExactly("third");
    assertThat(replayAll(journal, probe, ENTITY).payloads()).hasSize(5);
    assertThat(Files.exists(third.resolve("FORMAT"))).isTrue();
  }

  @Test
  void aLongHistoryIsReplayedInPieces() {
    Object[] payloads = new Object[1_000];
    java.util.Arrays.setAll(payloads, i -> "p" + i);
    writeAll(journal, probe, "tenant|long", 1, payloads);

    assertThat(replayAll(journal, probe, "tenant|long").payloads()).containsExactly(payloads);
    assertThat(replay(journal, probe, "tenant|long", 1, 900, 700).payloads()).hasSize(700);
  }
}
