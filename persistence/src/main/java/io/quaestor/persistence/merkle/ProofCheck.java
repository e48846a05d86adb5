package io.quaestor.persistence.merkle;

import java.util.List;

/**
 * Checks proofs of a Merkle tree against roots somebody vouches for (RFC 9162, sections 2.1.3.2 and
 * 2.1.4.2).
 *
 * <p>Any input has an answer: a number out of range or a path of the wrong length proves nothing
 * and is false. A path does not bind the size of the tree; size and root must come from the same
 * signed checkpoint.
 */
public final class ProofCheck {

  private ProofCheck() {}

  /** Whether the leaf is the one at {@code index}, from zero, of the tree of this size and root. */
  public static boolean inclusion(long index, long size, Hash leaf, List<Hash> path, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    Climb climb = new Climb(index, size - 1);
    Hash hash = leaf;
    for (Hash sibling : path) {
      if (climb.atRoot()) {
        return false;
      }
      hash = climb.siblingIsLeft() ? Hash.node(sibling, hash) : Hash.node(hash, sibling);
      climb.up();
    }
    return climb.atRoot() && hash.equals(root);
  }

  /**
   * Whether the new tree begins with all leaves of the old one. Every tree begins with the empty
   * one, which needs an empty path (C2SP tlog-witness).
   */
  public static boolean consistency(
      long oldSize, long newSize, Hash oldRoot, Hash newRoot, List<Hash> path) {
    if (oldSize < 0 || oldSize > newSize) {
      return false;
    }
    if (oldSize == 0 && !oldRoot.equals(Hash.EMPTY_ROOT)) {
      return false;
    }
    if (oldSize == newSize) {
      return path.isEmpty() && oldRoot.equals(newRoot);
    }
    return oldSize == 0 ? path.isEmpty() : growth(oldSize, newSize, oldRoot, newRoot, path);
  }

  private static boolean growth(
      long oldSize, long newSize, Hash oldRoot, Hash newRoot, List<Hash> path) {
    if (Long.bitCount(oldSize) == 1) {
      // The whole old tree is one node of the new tree, so its root starts the path unwritten.
      return growthFrom(oldRoot, oldSize, newSize, oldRoot, newRoot, path);
    }
    return !path.isEmpty()
        && growthFrom(
            path.getFirst(), oldSize, newSize, oldRoot, newRoot, path.subList(1, path.size()));
  }

  private static boolean growthFrom(
      Hash start, long oldSize, long newSize, Hash oldRoot, Hash newRoot, List<Hash> path) {
    Climb climb = new Climb(oldSize - 1, newSize - 1);
    climb.upWhileRight();
    Hash oldHash = start;
    Hash newHash = start;
    for (Hash sibling : path) {
      if (climb.atRoot()) {
        return false;
      }
      if (climb.siblingIsLeft()) {
        oldHash = Hash.node(sibling, oldHash);
        newHash = Hash.node(sibling, newHash);
      } else {
        newHash = Hash.node(newHash, sibling);
      }
      climb.up();
    }
    return climb.atRoot() && oldHash.equals(oldRoot) && newHash.equals(newRoot);
  }

  /** A node and the last node of its level, by number; both climb to the root together. */
  private static final class Climb {

    private long node;
    private long last;

    Climb(long node, long last) {
      this.node = node;
      this.last = last;
    }

    boolean atRoot() {
      return last == 0;
    }

    /** Whether the next sibling joins from the left; a last node has none on its right. */
    boolean siblingIsLeft() {
      return (node & 1) == 1 || node == last;
    }

    /** To the level of the next sibling; a last node rises alone while it is a left child. */
    void up() {
      shift(siblingIsLeft() ? Long.numberOfTrailingZeros(node) + 1 : 1);
    }

    /** To the highest node that ends where this one does. */
    void upWhileRight() {
      shift(Long.numberOfTrailingZeros(~node));
    }

    private void shift(int levels) {
      node >>= levels;
      last >>= levels;
    }
  }
}
