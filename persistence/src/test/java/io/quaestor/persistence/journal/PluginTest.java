package io.quaestor.persistence.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.NodeChains;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.testkit.TestProbe;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** An actor system with the plugins, and the messages a persistent actor would send them. */
public abstract class PluginTest {

  @TempDir protected Path directory;

  private final List<ActorSystem> systems = new ArrayList<>();

  @AfterEach
  void stopSystems() {
    systems.forEach(TestKit::shutdownActorSystem);
  }

  protected ActorSystem start(Path dataDir, String... settings) {
    Config config =
        ConfigFactory.parseString(String.join("\n", settings))
            .withFallback(
                ConfigFactory.parseMap(
                    Map.of(
                        "quaestor.data-dir", dataDir.toString(),
                        "quaestor.chain.free-space-floor", 0,
                        "pekko.persistence.journal.plugin", "quaestor.journal",
                        "pekko.persistence.snapshot-store.plugin", "quaestor.snapshot-store",
                        "pekko.loglevel", "OFF",
                        "pekko.stdout-loglevel", "OFF")))
            .withValue(
                "pekko.actor.warn-about-java-serializer-usage",
                ConfigValueFactory.fromAnyRef(false))
            .withFallback(ConfigFactory.load())
            .resolve();
    ActorSystem system = ActorSystem.create("test", config);
    systems.add(system);
    return system;
  }

  protected ActorSystem start() {
    return start(directory);
  }

  protected void stop(ActorSystem system) {
    TestKit.shutdownActorSystem(system);
    systems.remove(system);
  }

  protected static NodeChain chain(ActorSystem system) {
    return NodeChains.get(system).chain();
  }

  protected static ActorRef journal(ActorSystem system) {
    return Persistence.get(system).journalFor("", ConfigFactory.empty());
  }

  protected static PersistentRepr event(String entity, long eseq, Object payload) {
    return PersistentRepr.apply(payload, eseq, entity, "", false, ActorRef.noSender(), "writer-1");
  }

  /** One atomic write of the given events. */
  protected static AtomicWrite atomic(PersistentRepr... events) {
    return AtomicWrite.apply(CollectionConverters.asScala(List.of(events)).toSeq());
  }

  protected static void write(ActorRef journal, TestProbe probe, AtomicWrite... writes) {
    List<PersistentEnvelope> envelopes = List.of(writes);
    journal.tell(
        new JournalProtocol.WriteMessages(
            CollectionConverters.asScala(envelopes).toSeq(), probe.ref(), 1),
        probe.ref());
  }

  /** Writes each payload as an atomic write of its own and waits for the acknowledgement. */
  protected static void writeAll(
      ActorRef journal, TestProbe probe, String entity, long from, Object... payloads) {
    AtomicWrite[] writes = new AtomicWrite[payloads.length];
    for (int i = 0; i < payloads.length; i++) {
      writes[i] = atomic(event(entity, from + i, payloads[i]));
    }
    write(journal, probe, writes);
    probe.expectMsgClass(JournalProtocol.WriteMessagesSuccessful$.class);
    for (int i = 0; i < payloads.length; i++) {
      probe.expectMsgClass(JournalProtocol.WriteMessageSuccess.class);
    }
  }

  /** A replay: its events and the highest number that the journal told. */
  protected record Replay(List<PersistentRepr> events, long highest) {
    public List<Object> payloads() {
      return events.stream().map(PersistentRepr::payload).toList();
    }
  }

  protected static Replay replay(
      ActorRef journal, TestProbe probe, String entity, long from, long to, long max) {
    journal.tell(
        new JournalProtocol.ReplayMessages(from, to, max, entity, probe.ref()), probe.ref());
    List<PersistentRepr> events = new ArrayList<>();
    while (true) {
      Object message = probe.expectMsgClass(JournalProtocol.Response.class);
      if (message instanceof JournalProtocol.RecoverySuccess done) {
        return new Replay(events, done.highestSequenceNr());
      }
      events.add(((JournalProtocol.ReplayedMessage) message).persistent());
    }
  }

  protected static Replay replayAll(ActorRef journal, TestProbe probe, String entity) {
    return replay(journal, probe, entity, 1, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  protected static void delete(ActorRef journal, TestProbe probe, String entity, long to) {
    journal.tell(new JournalProtocol.DeleteMessagesTo(entity, to, probe.ref()), probe.ref());
    probe.expectMsgClass(org.apache.pekko.persistence.DeleteMessagesSuccess.class);
  }
}
