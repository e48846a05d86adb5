package io.quaestor.persistence.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.journal.PluginTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.DeleteSnapshotSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.testkit.TestProbe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SealedSnapshotStoreTest extends PluginTest {

  private static final String ENTITY = "tenant|a";

  private ActorSystem system = ActorSystem.create();
  private TestProbe probe = new TestProbe(system);
  private ActorRef store = ActorRef.noSender();

  @BeforeEach
  void saveThreeSnapshots() {
    stop(system);
    begin();
    for (long eseq : new long[] {10, 20, 30}) {
      save(new SnapshotMetadata(ENTITY, eseq, 0), "state at " + eseq);
    }
  }

  private void begin(String... settings) {
    system = start(directory, settings);
    probe = new TestProbe(system);
    store = Persistence.get(system).snapshotStoreFor("", ConfigFactory.empty());
  }

  private SnapshotMetadata save(SnapshotMetadata metadata, Object snapshot) {
    store.tell(new SnapshotProtocol.SaveSnapshot(metadata, snapshot), probe.ref());
    return probe.expectMsgClass(SaveSnapshotSuccess.class).metadata();
  }

  private Optional<SelectedSnapshot> load(SnapshotSelectionCriteria criteria) {
    store.tell(new SnapshotProtocol.LoadSnapshot(ENTITY, criteria, Long.MAX_VALUE), probe.ref());
    var result = probe.expectMsgClass(SnapshotProtocol.LoadSnapshotResult.class);
    return result.snapshot().isEmpty() ? Optional.empty() : Optional.of(result.snapshot().get());
  }

  private Object latest() {
    return load(SnapshotSelectionCriteria.latest()).map(SelectedSnapshot::snapshot).orElse("none");
  }

  private void overwrite(long eseq, String by) {
    NodeChain chain = chain(system);
    chain.withIndex(
        index -> {
          byte[] bytes = index.snapshot(ENTITY, eseq).orElseThrow();
          byte[] evil = by.getBytes(StandardCharsets.UTF_8);
          System.arraycopy(evil, 0, bytes, bytes.length - evil.length, evil.length);
          index.putSnapshot(ENTITY, eseq, bytes);
          return bytes;
        });
  }

  @Test
  void loadsTheLatestWithinTheCriteria() {
    assertThat(latest()).isEqualTo("state at 30");
    assertThat(load(SnapshotSelectionCriteria.create(29, Long.MAX_VALUE)).orElseThrow().snapshot())
        .isEqualTo("state at 20");
    assertThat(load(SnapshotSelectionCriteria.create(9, Long.MAX_VALUE))).isEmpty();
    assertThat(load(SnapshotSelectionCriteria.create(99, 5))).isEmpty();
    assertThat(load(SnapshotSelectionCriteria.create(99, Long.MAX_VALUE, 31, 0))).isEmpty();
  }

  @Test
  void survivesARestart() {
    stop(system);
    begin();

    assertThat(latest()).isEqualTo("state at 30");
  }

  @Test
  void deletesOneAndRanges() {
    store.tell(
        new SnapshotProtocol.DeleteSnapshot(new SnapshotMetadata(ENTITY, 30, 0)), probe.ref());
    probe.expectMsgClass(DeleteSnapshotSuccess.class);
    assertThat(latest()).isEqualTo("state at 20");

    store.tell(
        new SnapshotProtocol.DeleteSnapshots(
            ENTITY, SnapshotSelectionCriteria.create(15, Long.MAX_VALUE)),
        probe.ref());
    probe.expectMsgClass(DeleteSnapshotsSuccess.class);
    assertThat(load(SnapshotSelectionCriteria.create(19, Long.MAX_VALUE))).isEmpty();
    assertThat(latest()).isEqualTo("state at 20");
  }

  @Test
  void oneOfTheSameNumberIsReplaced() {
    save(new SnapshotMetadata(ENTITY, 30, 0), "again");

    assertThat(latest()).isEqualTo("again");
  }

  @Test
  void metadataComesBack() {
    save(new SnapshotMetadata(ENTITY, 40, 0).withMetadata("extra"), "state at 40");

    assertThat(load(SnapshotSelectionCriteria.latest()).orElseThrow().metadata().metadata().get())
        .isEqualTo("extra");
  }

  @Test
  void aChangedSnapshotIsPassedOverForTheOneBefore() {
    overwrite(30, "AA\"}");
    assertThat(latest()).isEqualTo("state at 20");

    overwrite(20, "AA\"}");
    overwrite(10, "AA\"}");
    assertThat(latest()).isEqualTo("none");
  }

  @Test
  void aSnapshotWithoutASealIsPassedOver() {
    NodeChain chain = chain(system);
    chain.withIndex(
        index -> {
          index.putSnapshot(ENTITY, 40, index.snapshot(ENTITY, 30).orElseThrow());
          return index;
        });

    assertThat(latest()).isEqualTo("state at 30");
  }

  @Test
  void keepsAsManyAsConfigured() {
    stop(system);
    begin("quaestor.snapshot-store.keep-latest = 2");

    save(new SnapshotMetadata(ENTITY, 40, 0), "state at 40");

    List<Long> kept = chain(system).withIndex(index -> index.snapshots(ENTITY, 0, Long.MAX_VALUE));
    assertThat(kept).containsExactly(40L, 30L);
    assertThat(latest()).isEqualTo("state at 40");
  }
}
