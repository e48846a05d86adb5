package io.quaestor.persistence.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProofCheckTest {

  private static final int SIZES = 70;
  private static final ReferenceTree TREE = ReferenceTree.of("leaf ", SIZES + 1);
  private static final List<Hash> ROOTS =
      Stream.iterate(0, n -> n + 1).limit(SIZES + 2).map(TREE::root).toList();
  private static final Hash OTHER = Hash.leaf(new byte[] {1, 2, 3});

  /** The leaves that the tests of Certificate Transparency use, in hex. */
  private static final ReferenceTree KNOWN =
      new ReferenceTree(
          Stream.of(
                  "",
                  "00",
                  "10",
                  "2021",
                  "3031",
                  "40414243",
                  "5051525354555657",
                  "606162636465666768696a6b6c6d6e6f")
              .map(leaf -> Hash.leaf(HexFormat.of().parseHex(leaf)))
              .toList());

  /** The roots of their first 0 to 8. */
  private static final List<Hash> KNOWN_ROOTS =
      hashes(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static List<Hash> hashes(String... hex) {
    return Stream.of(hex).map(HexFormat.of()::parseHex).map(Hash::of).toList();
  }

  private static void knowsInclusion(int index, int size, String... path) {
    assertThat(KNOWN.inclusion(index, size)).isEqualTo(hashes(path));
    assertThat(
            ProofCheck.inclusion(
                index, size, KNOWN.leaves().get(index), hashes(path), KNOWN_ROOTS.get(size)))
        .isTrue();
  }

  private static void knowsConsistency(int oldSize, int newSize, String... path) {
    assertThat(KNOWN.consistency(oldSize, newSize)).isEqualTo(hashes(path));
    assertThat(
            ProofCheck.consistency(
                oldSize, newSize, KNOWN_ROOTS.get(oldSize), KNOWN_ROOTS.get(newSize), hashes(path)))
        .isTrue();
  }

  @Test
  void acceptsTheKnownInclusionProofs() {
    knowsInclusion(0, 1);
    knowsInclusion(
        0,
        8,
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    knowsInclusion(
        5,
        8,
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    knowsInclusion(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
    knowsInclusion(
        1,
        5,
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
  }

  @Test
  void acceptsTheKnownConsistencyProofs() {
    knowsConsistency(1, 1);
    knowsConsistency(
        1,
        8,
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    knowsConsistency(
        6,
        8,
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    knowsConsistency(
        2,
        5,
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    knowsConsistency(
        6,
        7,
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
  }

  @Test
  void theReferenceKnowsTheKnownRoots() {
    for (int size = 0; size <= 8; size++) {
      assertThat(KNOWN.root(size)).isEqualTo(KNOWN_ROOTS.get(size));
    }
  }

  @Test
  void acceptsEveryInclusionProofAndNoneWithAnythingChanged() {
    for (int size = 1; size <= SIZES; size++) {
      for (int index = 0; index < size; index++) {
        List<Hash> path = TREE.inclusion(index, size);

        assertThat(included(index, size, path)).as("%d in %d", index, size).isTrue();
        for (List<Hash> changed : changed(path)) {
          assertThat(included(index, size, changed)).as("%d in %d", index, size).isFalse();
        }
        refusesInclusionElsewhere(index, size, path);
      }
    }
  }

  private static boolean included(int index, int size, List<Hash> path) {
    return ProofCheck.inclusion(index, size, TREE.leaves().get(index), path, ROOTS.get(size));
  }

  private static void refusesInclusionElsewhere(int index, int size, List<Hash> path) {
    Hash leaf = TREE.leaves().get(index);
    for (int other = -1; other <= SIZES; other++) {
      if (other != index) {
        assertThat(ProofCheck.inclusion(other, size, leaf, path, ROOTS.get(size))).isFalse();
      }
      if (other != size) {
        assertThat(ProofCheck.inclusion(index, other, leaf, path, ROOTS.get(Math.max(other, 0))))
            .as("%d in %d of %d", index, size, other)
            .isFalse();
      }
    }
    assertThat(ProofCheck.inclusion(index, size, OTHER, path, ROOTS.get(size))).isFalse();
    assertThat(ProofCheck.inclusion(index, size, leaf, path, OTHER)).isFalse();
    assertThat(ProofCheck.inclusion(index, size * 2L, leaf, path, ROOTS.get(size))).isFalse();
  }

  @Test
  void acceptsEveryConsistencyProofAndNoneWithAnythingChanged() {
    for (int newSize = 0; newSize <= SIZES; newSize++) {
      for (int oldSize = 0; oldSize <= newSize; oldSize++) {
        List<Hash> path = TREE.consistency(oldSize, newSize);

        assertThat(consistent(oldSize, newSize, path)).as("%d, %d", oldSize, newSize).isTrue();
        for (List<Hash> changed : changed(path)) {
          assertThat(consistent(oldSize, newSize, changed))
              .as("%d, %d", oldSize, newSize)
              .isFalse();
        }
        refusesConsistencyElsewhere(oldSize, newSize, path);
      }
    }
  }

  private static boolean consistent(int oldSize, int newSize, List<Hash> path) {
    return ProofCheck.consistency(oldSize, newSize, ROOTS.get(oldSize), ROOTS.get(newSize), path);
  }

  private static void refusesConsistencyElsewhere(int oldSize, int newSize, List<Hash> path) {
    Hash oldRoot = ROOTS.get(oldSize);
    Hash newRoot = ROOTS.get(newSize);
    assertThat(ProofCheck.consistency(oldSize, newSize, OTHER, newRoot, path)).isFalse();
    // The empty tree vouches for nothing, so any root may follow it.
    assertThat(ProofCheck.consistency(oldSize, newSize, oldRoot, OTHER, path))
        .isEqualTo(oldSize == 0 && newSize > 0);
    for (int other = 0; other <= SIZES; other++) {
      if (other != newSize && oldSize > 0) {
        assertThat(ProofCheck.consistency(oldSize, other, oldRoot, ROOTS.get(other), path))
            .isFalse();
      }
      if (other != oldSize && other > 0) {
        boolean sameTree = oldSize == 0 && other == newSize;
        assertThat(ProofCheck.consistency(other, newSize, ROOTS.get(other), newRoot, path))
            .isEqualTo(sameTree);
        assertThat(ProofCheck.consistency(other, newSize, oldRoot, newRoot, path)).isFalse();
      }
    }
  }

  /** A hash flipped, dropped, added or swapped, at each place. */
  private static List<List<Hash>> changed(List<Hash> path) {
    List<List<Hash>> all = new ArrayList<>();
    for (int i = 0; i <= path.size(); i++) {
      for (Hash extra : List.of(OTHER, i < path.size() ? path.get(i) : Hash.EMPTY_ROOT)) {
        List<Hash> added = new ArrayList<>(path);
        added.add(i, extra);
        all.add(added);
      }
    }
    for (int i = 0; i < path.size(); i++) {
      List<Hash> flipped = new ArrayList<>(path);
      flipped.set(i, flipped(path.get(i), i));
      all.add(flipped);
      List<Hash> dropped = new ArrayList<>(path);
      dropped.remove(i);
      all.add(dropped);
      for (int j = 0; j < i; j++) {
        List<Hash> swapped = new ArrayList<>(path);
        Collections.swap(swapped, i, j);
        all.add(swapped);
      }
    }
    return all;
  }

  private static Hash flipped(Hash hash, int bit) {
    byte[] bytes = hash.bytes();
    bytes[bit % bytes.length] ^= (byte) (1 << (bit % 8));
    return Hash.of(bytes);
  }

  @Test
  void checksATreeOfTheLargestSize() {
    List<Hash> path = TREE.leaves().subList(0, 63);
    Hash root = path.stream().reduce(OTHER, Hash::node);

    assertThat(ProofCheck.inclusion(0, Long.MAX_VALUE, OTHER, path, root)).isTrue();
    assertThat(ProofCheck.inclusion(1, Long.MAX_VALUE, OTHER, path, root)).isFalse();
    assertThat(ProofCheck.consistency(1, Long.MAX_VALUE, OTHER, root, path)).isTrue();
    assertThat(ProofCheck.consistency(2, Long.MAX_VALUE, OTHER, root, path)).isFalse();
  }

  @Test
  void answersForNumbersAtTheEdgesAndPathsOfAnyLength() {
    long[] edges = {
      Long.MIN_VALUE, -1, 0, 1, 2, 1L << 62, (1L << 62) + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };
    for (int length : new int[] {0, 1, 2, 62, 63, 64, 65, 1000}) {
      List<Hash> path = Collections.nCopies(length, OTHER);
      for (long one : edges) {
        for (long two : edges) {
          assertThat(ProofCheck.inclusion(one, two, OTHER, path, ROOTS.get(9))).isFalse();
          assertThat(ProofCheck.consistency(one, two, OTHER, ROOTS.get(9), path)).isFalse();
        }
      }
    }
  }

  @Test
  void onlyTheEmptyTreeIsOfSizeZero() {
    Hash empty = Hash.EMPTY_ROOT;

    assertThat(ProofCheck.consistency(0, 0, empty, empty, List.of())).isTrue();
    assertThat(ProofCheck.consistency(0, 5, empty, OTHER, List.of())).isTrue();
    assertThat(ProofCheck.consistency(0, 0, OTHER, OTHER, List.of())).isFalse();
    assertThat(ProofCheck.consistency(0, 5, OTHER, OTHER, List.of())).isFalse();
    assertThat(ProofCheck.consistency(0, 5, empty, OTHER, List.of(OTHER))).isFalse();
  }
}
