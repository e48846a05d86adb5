package io.quaestor.persistence.merkle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A Merkle tree by the recursive definitions of RFC 6962, section 2.1, word for word: slow, and
 * written without a look at what it judges.
 */
public record ReferenceTree(List<Hash> leaves) {

  /** A tree whose leaves are a name and the numbers from zero. */
  public static ReferenceTree of(String name, int size) {
    return new ReferenceTree(
        IntStream.range(0, size)
            .mapToObj(i -> Hash.leaf((name + i).getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  public Hash root(int size) {
    return mth(leaves.subList(0, size));
  }

  public List<Hash> inclusion(int index, int size) {
    return path(index, leaves.subList(0, size));
  }

  public List<Hash> consistency(int oldSize, int newSize) {
    return oldSize == 0 ? List.of() : subproof(oldSize, leaves.subList(0, newSize), true);
  }

  private static Hash mth(List<Hash> d) {
    if (d.isEmpty()) {
      return Hash.EMPTY_ROOT;
    }
    if (d.size() == 1) {
      return d.getFirst();
    }
    int k = split(d.size());
    return Hash.node(mth(d.subList(0, k)), mth(d.subList(k, d.size())));
  }

  private static List<Hash> path(int m, List<Hash> d) {
    if (d.size() == 1) {
      return List.of();
    }
    int k = split(d.size());
    return m < k
        ? plus(path(m, d.subList(0, k)), mth(d.subList(k, d.size())))
        : plus(path(m - k, d.subList(k, d.size())), mth(d.subList(0, k)));
  }

  private static List<Hash> subproof(int m, List<Hash> d, boolean whole) {
    if (m == d.size()) {
      return whole ? List.of() : List.of(mth(d));
    }
    int k = split(d.size());
    return m <= k
        ? plus(subproof(m, d.subList(0, k), whole), mth(d.subList(k, d.size())))
        : plus(subproof(m - k, d.subList(k, d.size()), false), mth(d.subList(0, k)));
  }

  /** The largest power of two smaller than n. */
  private static int split(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }

  private static List<Hash> plus(List<Hash> hashes, Hash last) {
    List<Hash> all = new ArrayList<>(hashes);
    all.add(last);
    return all;
  }
}
