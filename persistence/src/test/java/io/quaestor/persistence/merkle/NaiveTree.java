package io.quaestor.persistence.merkle;

import java.util.ArrayList;
import java.util.List;

/** The definitions of RFC 6962, section 2.1, to the letter: recursive, slow, the oracle. */
final class NaiveTree {

  private final List<Hash> leaves;

  NaiveTree(List<Hash> leaves) {
    this.leaves = leaves;
  }

  Hash root(int size) {
    return size == 0 ? Hash.EMPTY_ROOT : root(0, size);
  }

  private Hash root(int from, int to) {
    if (to - from == 1) {
      return leaves.get(from);
    }
    int k = split(to - from);
    return Hash.node(root(from, from + k), root(from + k, to));
  }

  List<Hash> path(int index, int size) {
    return path(index, 0, size);
  }

  private List<Hash> path(int m, int from, int to) {
    List<Hash> path = new ArrayList<>();
    if (to - from > 1) {
      int k = split(to - from);
      if (m < k) {
        path.addAll(path(m, from, from + k));
        path.add(root(from + k, to));
      } else {
        path.addAll(path(m - k, from + k, to));
        path.add(root(from, from + k));
      }
    }
    return path;
  }

  List<Hash> proof(int oldSize, int size) {
    return oldSize == 0 ? List.of() : subproof(oldSize, 0, size, true);
  }

  private List<Hash> subproof(int m, int from, int to, boolean whole) {
    List<Hash> proof = new ArrayList<>();
    if (m == to - from) {
      if (!whole) {
        proof.add(root(from, to));
      }
      return proof;
    }
    int k = split(to - from);
    if (m <= k) {
      proof.addAll(subproof(m, from, from + k, whole));
      proof.add(root(from + k, to));
    } else {
      proof.addAll(subproof(m - k, from + k, to, false));
      proof.add(root(from, from + k));
    }
    return proof;
  }

  private static int split(int width) {
    return Integer.highestOneBit(width - 1);
  }
}
