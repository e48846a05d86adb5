package io.quaestor.persistence.snapshot;

import com.typesafe.config.Config;
import io.quaestor.persistence.NodeChains;
import io.quaestor.persistence.journal.Nothing;
import io.quaestor.persistence.journal.SerializedJson;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import scala.concurrent.Future;

/** The snapshot store of a node: Pekko's contract over {@link SealedSnapshots}. */
public final class SealedSnapshotStore extends SnapshotStore {

  private static final byte[] NO_META = new byte[0];

  private final SealedSnapshots snapshots;
  private final SerializedJson serialized;

  public SealedSnapshotStore(Config config) {
    ExtendedActorSystem system = (ExtendedActorSystem) context().system();
    snapshots =
        new SealedSnapshots(NodeChains.get(system).chain(config), config.getInt("keep-latest"));
    serialized = new SerializedJson(system);
  }

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String entity, SnapshotSelectionCriteria criteria) {
    return now(
        () ->
            snapshots
                .latest(entity, criteria)
                .map(
                    found ->
                        SelectedSnapshot.create(
                            metadata(entity, found), serialized.read(found.bytes().snapshot()))));
  }

  private SnapshotMetadata metadata(String entity, SealedSnapshots.Found found) {
    SnapshotMetadata metadata =
        new SnapshotMetadata(entity, found.eseq(), found.bytes().timestamp());
    byte[] meta = found.bytes().meta();
    return meta.length == 0 ? metadata : metadata.withMetadata(serialized.read(meta));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    return now(
        () -> {
          byte[] meta =
              metadata.metadata().isEmpty() ? NO_META : serialized.write(metadata.metadata().get());
          snapshots.save(
              metadata.persistenceId(),
              metadata.sequenceNr(),
              new SnapshotBytes(metadata.timestamp(), meta, serialized.write(snapshot)));
          return Nothing.nothing();
        });
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    return now(
        () -> {
          snapshots.delete(metadata.persistenceId(), metadata.sequenceNr());
          return Nothing.nothing();
        });
  }

  @Override
  public Future<Void> doDeleteAsync(String entity, SnapshotSelectionCriteria criteria) {
    return now(
        () -> {
          snapshots.delete(entity, criteria);
          return Nothing.nothing();
        });
  }

  private interface Work<T> {
    T run() throws Exception;
  }

  /** The store has a thread of its own, so it may wait for the disk. */
  private static <T> Future<T> now(Work<T> work) {
    try {
      return Futures.successful(work.run());
    } catch (Exception e) { // serializers written in Scala throw checked exceptions unannounced
      return Futures.failed(e);
    }
  }
}
