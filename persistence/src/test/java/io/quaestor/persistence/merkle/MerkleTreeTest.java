package io.quaestor.persistence.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {

  /** Two levels of tiles and a third begun. */
  private static final int LEAVES = 65_536 + 600;

  private static final List<Hash> HASHES =
      IntStream.range(0, LEAVES)
          .mapToObj(i -> Hash.leaf(ByteBuffer.allocate(4).putInt(i).array()))
          .toList();

  private static final ReferenceTree DEFINED = new ReferenceTree(HASHES);

  /** The test vectors of certificate transparency: eight leaves, the root after each. */
  @Test
  void hasTheRootsOfTheReferenceVectors() {
    List<String> leaves =
        List.of(
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f");
    List<String> roots =
        List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    MerkleTree tree = new MerkleTree();
    assertThat(tree.head()).isEqualTo(new MerkleTree.Head(0, Hash.EMPTY_ROOT));

    for (int i = 0; i < leaves.size(); i++) {
      tree.append(Hash.leaf(HexFormat.of().parseHex(leaves.get(i))).bytes(), 0, 1);

      assertThat(tree.head().size()).isEqualTo(i + 1);
      assertThat(tree.head().root().hex()).isEqualTo(roots.get(i));
    }
  }

  @Test
  void theEmptyTreeHasTheHashOfNothing() {
    assertThat(Hash.EMPTY_ROOT.hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void everyProofOfASmallTreeIsTheDefinitionsOwn() {
    MerkleTree tree = tree(70);
    for (int size = 0; size <= 70; size++) {
      assertThat(reader(tree).root(size)).isEqualTo(DEFINED.root(size));
      for (int m = 0; m < size; m++) {
        assertThat(reader(tree).inclusion(m, size)).isEqualTo(DEFINED.inclusion(m, size));
        assertThat(reader(tree).consistency(m, size)).isEqualTo(DEFINED.consistency(m, size));
      }
      assertThat(reader(tree).consistency(size, size)).isEmpty();
    }
  }

  static Stream<Integer> sizesAroundTiles() {
    return Stream.of(255, 256, 257, 511, 512, 513, 1_000, 65_279, 65_535, 65_536, 65_537, LEAVES);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("sizesAroundTiles")
  void proofsAreTheDefinitionsOwnAroundTheEdgesOfTiles(int size) {
    MerkleTree grown = tree(LEAVES);
    assertThat(tree(size).head()).isEqualTo(new MerkleTree.Head(size, DEFINED.root(size)));
    assertThat(reader(grown).root(size)).isEqualTo(DEFINED.root(size));
    for (int m : new int[] {0, 1, 254, 255, 256, 300, 511, 512, 65_279, 65_535, 65_536, size - 1}) {
      if (m < size) {
        assertThat(reader(grown).inclusion(m, size)).isEqualTo(DEFINED.inclusion(m, size));
        assertThat(reader(grown).consistency(m, size)).isEqualTo(DEFINED.consistency(m, size));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 256, 300, 4_096})
  void batchesOfAnySizeGrowTheSameTree(int batch) {
    MerkleTree tree = new MerkleTree();
    for (int from = 0; from < 10_000; from += batch) {
      int count = Math.min(batch, 10_000 - from);
      byte[] hashes = bytes(Math.max(0, from - 1), from + count);
      tree.append(hashes, hashes.length - count * Hash.BYTES, count);
    }

    assertThat(tree.head()).isEqualTo(new MerkleTree.Head(10_000, DEFINED.root(10_000)));
  }

  @Test
  void tilesHoldWhatTheSpecificationSays() {
    int size = 65_536 + 512 + 3;
    MerkleTree tree = tree(size);

    assertThat(Tile.width(0, 0, size)).isEqualTo(256);
    assertThat(Tile.width(0, 258, size)).isEqualTo(3);
    assertThat(Tile.width(1, 0, size)).isEqualTo(256);
    assertThat(Tile.width(1, 1, size)).isEqualTo(2);
    assertThat(Tile.width(2, 0, size)).isEqualTo(1);
    assertThat(Tile.width(2, 1, size)).isZero();
    assertThat(Tile.width(3, 0, size)).isZero();
    assertThat(reader(tree).hashes(new Tile(0, 258, 3))).isEqualTo(bytes(66_048, 66_051));
    assertThat(Hash.of(reader(tree).hashes(new Tile(1, 1, 2)), 0, 32))
        .isEqualTo(new ReferenceTree(HASHES.subList(65_536, 65_792)).root(256));
    assertThat(Hash.of(reader(tree).hashes(new Tile(2, 0, 1)))).isEqualTo(DEFINED.root(65_536));
    assertThatThrownBy(() -> reader(tree).hashes(new Tile(1, 1, 3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void asksForNoMoreThanTwoTilesOfLeaves() {
    MerkleTree tree = tree(LEAVES);
    long[] read = {0};
    new TreeReader(
            tree,
            (from, to) -> {
              read[0] += to - from;
              return bytes((int) from, (int) to);
            })
        .inclusion(12_345, LEAVES);

    assertThat(read[0]).isLessThanOrEqualTo(512);
  }

  private static MerkleTree tree(int size) {
    MerkleTree tree = new MerkleTree();
    tree.append(bytes(0, size), 0, size);
    return tree;
  }

  private static TreeReader reader(MerkleTree tree) {
    return new TreeReader(tree, (from, to) -> bytes((int) from, (int) to));
  }

  private static byte[] bytes(int from, int to) {
    byte[] bytes = new byte[(to - from) * Hash.BYTES];
    for (int i = from; i < to; i++) {
      HASHES.get(i).copyTo(bytes, (i - from) * Hash.BYTES);
    }
    return bytes;
  }
}
