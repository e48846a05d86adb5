package io.quaestor.persistence.chain;

import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.MerkleTree;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A verification of a whole chain.
 *
 * @param records number of good records up to the first fault
 * @param lastSegment number of the segment to append to, 0 when there is none
 * @param tree the Merkle tree over the records up to the verdict's head, or to the first fault
 * @param roots the tree's roots at the sizes that were asked for, as far as it has them
 * @param adoptions the keys and anchors that the node adopted, in order
 */
public record Verification(
    Verdict verdict,
    long records,
    int segments,
    int lastSegment,
    long bytes,
    Duration took,
    MerkleTree tree,
    Map<Long, Hash> roots,
    List<Adoption> adoptions) {

  public long recordsPerSecond() {
    return (long) (records * 1e9 / Math.max(took.toNanos(), 1));
  }
}
