package io.quaestor.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.persistence.chain.ChainFull;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.ChainVerifier;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Segments;
import io.quaestor.persistence.chain.Verification;
import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.MerkleTree;
import io.quaestor.persistence.merkle.TreeReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree over a chain's records: while it grows, after a start, and by the files alone. */
class ChainTreeTest {

  private static final int RECORDS = 1_100;

  @TempDir Path directory;

  private ChainSettings settings() {
    return Samples.settings().withSegmentBytes(40_000);
  }

  private NodeChain open() {
    return NodeChain.open(directory, settings(), Progress.NONE);
  }

  private void seal(NodeChain chain, int from, int to) {
    for (int i = from; i <= to; i++) {
      chain.append(List.of(Samples.draft("team-a", i)));
    }
  }

  /** Leaf hashes straight from the lines of the segment files. */
  private List<Hash> leaves() throws Exception {
    List<Hash> leaves = new ArrayList<>();
    for (int segment : Segments.list(Disk.local(), directory)) {
      for (String line : Files.readAllLines(Segments.file(directory, segment))) {
        leaves.add(Hash.leaf(line.substring(65).getBytes(StandardCharsets.UTF_8)));
      }
    }
    return leaves;
  }

  private static MerkleTree.Head naive(List<Hash> leaves, int size) {
    MerkleTree tree = new MerkleTree();
    leaves.stream().limit(size).forEach(leaf -> tree.append(leaf.bytes(), 0, 1));
    return tree.head();
  }

  @Test
  void growsWithTheChainAndIsTheSameAfterAStart() throws Exception {
    MerkleTree.Head grown;
    try (NodeChain chain = open()) {
      seal(chain, 1, RECORDS / 2);
    }
    try (NodeChain chain = open()) {
      seal(chain, RECORDS / 2 + 1, RECORDS);
      grown = chain.tree().head();
    }
    try (NodeChain chain = open()) {
      assertThat(chain.tree().head()).isEqualTo(grown);
    }

    assertThat(Segments.list(Disk.local(), directory)).hasSizeGreaterThan(5);
    assertThat(grown).isEqualTo(naive(leaves(), RECORDS));
  }

  @Test
  void rootsOfEarlierSizesAreReadFromTheRecords() throws Exception {
    try (NodeChain chain = open()) {
      seal(chain, 1, RECORDS);
      List<Hash> leaves = leaves();

      TreeReader reader = chain.treeReader();

      for (int size : new int[] {0, 1, 2, 100, 255, 256, 257, 700, 1_024, RECORDS}) {
        assertThat(reader.root(size)).isEqualTo(naive(leaves, size).root());
      }
    }
  }

  @Test
  void aVerificationTellsTheRootsAtTheSizesOfCheckpoints() throws Exception {
    try (NodeChain chain = open()) {
      seal(chain, 1, RECORDS);
    }
    List<Hash> leaves = leaves();

    Verification verification =
        new ChainVerifier(Disk.local(), directory, "node-1", null)
            .verify(Set.of(0L, 1L, 300L, 1_099L, 1_100L, 1_101L), Progress.NONE);

    assertThat(verification.roots()).containsOnlyKeys(0L, 1L, 300L, 1_099L, 1_100L);
    verification
        .roots()
        .forEach(
            (size, root) ->
                assertThat(root).isEqualTo(naive(leaves, Math.toIntExact(size)).root()));
  }

  @Test
  void tornRecordsAreNotInTheTree() throws Exception {
    try (NodeChain chain = open()) {
      seal(chain, 1, 10);
      chain.append(Samples.atomic("team-a", 11, 3));
    }
    Path last = Segments.file(directory, 1);
    byte[] bytes = Files.readAllBytes(last);
    Files.write(last, java.util.Arrays.copyOf(bytes, bytes.length - 20));

    Verification verification =
        new ChainVerifier(Disk.local(), directory, "node-1", null).verify(Progress.NONE);

    assertThat(verification.tree().head()).isEqualTo(naive(leaves().subList(0, 10), 10));
  }

  @Test
  void aWriteThatDidNotHappenIsNotInTheTree() {
    try (NodeChain chain =
        NodeChain.open(
            directory, settings().withFreeSpaceFloors(Long.MAX_VALUE, 0), Progress.NONE)) {
      seal(chain, 1, 3);
      MerkleTree.Head before = chain.tree().head();

      try {
        chain.append(List.of(Samples.draft("line\ud800end", 4)));
      } catch (IllegalArgumentException | ChainFull e) {
        // Refused before anything was written.
      }

      assertThat(chain.tree().head()).isEqualTo(before);
      assertThat(chain.head().seq()).isEqualTo(3);
    }
  }
}
