package io.quaestor.persistence.snapshot;

import io.quaestor.kernel.event.Event.SnapshotSaved;
import io.quaestor.persistence.NodeChain;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of a chain: each is loadable only while its bytes have the digest that is sealed in
 * the chain. One that does not is passed over as if it had never been taken.
 */
final class SealedSnapshots {

  private static final Logger LOG = LoggerFactory.getLogger(SealedSnapshots.class);

  private final NodeChain chain;
  private final int keepLatest;

  /**
   * @param keepLatest older snapshots of an entity are deleted when a new one is saved; 0 keeps all
   */
  SealedSnapshots(NodeChain chain, int keepLatest) {
    this.chain = chain;
    this.keepLatest = keepLatest;
  }

  /** A snapshot that was found. */
  record Found(long eseq, SnapshotBytes bytes) {}

  void save(String entity, long eseq, SnapshotBytes snapshot) {
    save(eseq, Map.of(entity, snapshot));
  }

  /**
   * Seals the digests with one write, then stores the bytes: in this order a snapshot is never
   * without its seal.
   */
  void save(long eseq, Map<String, SnapshotBytes> byEntity) {
    Map<String, byte[]> bytes = new TreeMap<>();
    byEntity.forEach((entity, snapshot) -> bytes.put(entity, snapshot.write()));
    chain.appendNode(
        bytes.entrySet().stream()
            .map(each -> new SnapshotSaved(each.getKey(), eseq, sha256(each.getValue())))
            .toList());
    bytes.forEach((entity, snapshot) -> store(entity, eseq, snapshot));
  }

  private void store(String entity, long eseq, byte[] bytes) {
    chain.withIndex(
        index -> {
          index.putSnapshot(entity, eseq, bytes);
          return eseq;
        });
    if (keepLatest > 0) {
      delete(
          entity,
          eseqs(entity, SnapshotSelectionCriteria.latest()).stream().skip(keepLatest).toList());
    }
  }

  /** The latest snapshot within the criteria that is as it was sealed. */
  Optional<Found> latest(String entity, SnapshotSelectionCriteria criteria) {
    for (long eseq : eseqs(entity, criteria)) {
      Optional<byte[]> bytes = bytes(entity, eseq, criteria);
      if (bytes.isPresent() && isSealed(entity, eseq, bytes.get())) {
        return Optional.of(new Found(eseq, SnapshotBytes.read(bytes.get())));
      }
    }
    return Optional.empty();
  }

  /** The numbers of all snapshots of an entity, the latest first, sound or not. */
  List<Long> eseqs(String entity) {
    return eseqs(entity, SnapshotSelectionCriteria.latest());
  }

  /** The snapshot at one number, if it is as it was sealed. */
  Optional<SnapshotBytes> at(String entity, long eseq) {
    return chain
        .withIndex(index -> index.snapshot(entity, eseq))
        .filter(bytes -> isSealed(entity, eseq, bytes))
        .map(SnapshotBytes::read);
  }

  private List<Long> eseqs(String entity, SnapshotSelectionCriteria criteria) {
    return chain.withIndex(
        index -> index.snapshots(entity, criteria.minSequenceNr(), criteria.maxSequenceNr()));
  }

  /** The bytes of a snapshot whose time is within the criteria. */
  private Optional<byte[]> bytes(String entity, long eseq, SnapshotSelectionCriteria criteria) {
    return chain
        .withIndex(index -> index.snapshot(entity, eseq))
        .filter(bytes -> within(criteria, SnapshotBytes.timestamp(bytes)));
  }

  private static boolean within(SnapshotSelectionCriteria criteria, long timestamp) {
    return timestamp <= criteria.maxTimestamp() && timestamp >= criteria.minTimestamp();
  }

  private boolean isSealed(String entity, long eseq, byte[] bytes) {
    Optional<SnapshotSaved> sealed = chain.reader().snapshotSeal(entity, eseq);
    boolean matches = sealed.isPresent() && sealed.get().sha256().equals(sha256(bytes));
    if (!matches) {
      LOG.warn(
          "the snapshot of {} at event {} is passed over: its bytes are not the ones sealed in the"
              + " chain",
          entity,
          eseq);
    }
    return matches;
  }

  void delete(String entity, long eseq) {
    delete(entity, List.of(eseq));
  }

  void delete(String entity, SnapshotSelectionCriteria criteria) {
    delete(
        entity,
        eseqs(entity, criteria).stream()
            .filter(eseq -> bytes(entity, eseq, criteria).isPresent())
            .toList());
  }

  private void delete(String entity, List<Long> eseqs) {
    chain.withIndex(
        index -> {
          index.deleteSnapshots(entity, eseqs);
          return eseqs;
        });
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
