package io.quaestor.persistence.snapshot;

import io.quaestor.persistence.NodeChain;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The snapshots of a projection: what it had made of the chain up to a position, in one part per
 * entity. Bound to the chain as the snapshots of actors are.
 */
public final class ProjectionSnapshots {

  private static final byte[] NO_META = new byte[0];

  /** The position says when it was; a time would make equal snapshots differ. */
  private static final long NO_TIME = 0;

  private final SealedSnapshots snapshots;

  /**
   * @param keepLatest older snapshots are deleted when a new one is saved
   */
  public ProjectionSnapshots(NodeChain chain, int keepLatest) {
    snapshots = new SealedSnapshots(chain, keepLatest);
  }

  /** Saves all parts of a position; their digests are sealed with one write. */
  public void save(long position, Map<String, byte[]> byEntity) {
    Map<String, SnapshotBytes> parts = new HashMap<>();
    byEntity.forEach(
        (entity, bytes) -> parts.put(entity, new SnapshotBytes(NO_TIME, NO_META, bytes)));
    snapshots.save(position, parts);
  }

  /** Where an entity has snapshots, the latest first. */
  public List<Long> positions(String entity) {
    return snapshots.eseqs(entity);
  }

  /** An entity's part at a position; empty when it is not there or not as it was sealed. */
  public Optional<byte[]> at(String entity, long position) {
    return snapshots.at(entity, position).map(SnapshotBytes::snapshot);
  }
}
