package io.quaestor.persistence.merkle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads roots and proofs of any size that a tree has had (RFC 6962, sections 2.1, 2.1.1 and 2.1.2).
 * One reader answers one question: it keeps every tile it has looked at.
 *
 * <p>A proof touches one tile of each level beside the leaf and one at the right edge, so it reads
 * at most 512 leaves.
 */
public final class TreeReader {

  private final MerkleTree tree;
  private final LeafSource leaves;
  private final long sizeMax;
  private final Map<Tile, byte[]> tiles = new HashMap<>();

  public TreeReader(MerkleTree tree, LeafSource leaves) {
    this.tree = tree;
    this.leaves = leaves;
    this.sizeMax = tree.size();
  }

  /** The root of the first {@code size} leaves. */
  public Hash root(long size) {
    require(size >= 0 && size <= sizeMax, size);
    return size == 0 ? Hash.EMPTY_ROOT : subtree(0, size);
  }

  /** The path that proves the leaf at {@code index} in the tree of {@code size}, leaf first. */
  public List<Hash> inclusion(long index, long size) {
    require(index >= 0 && index < size && size <= sizeMax, size);
    List<Hash> path = new ArrayList<>();
    long from = 0;
    long to = size;
    while (to - from > 1) {
      long split = from + largestPowerBelow(to - from);
      if (index < split) {
        path.addFirst(subtree(split, to));
        to = split;
      } else {
        path.addFirst(subtree(from, split));
        from = split;
      }
    }
    return path;
  }

  /** Proves that the tree of {@code oldSize} is the beginning of the tree of {@code size}. */
  public List<Hash> consistency(long oldSize, long size) {
    require(oldSize >= 0 && oldSize <= size && size <= sizeMax, size);
    List<Hash> proof = new ArrayList<>();
    if (oldSize == 0 || oldSize == size) {
      return proof;
    }
    long from = 0;
    long to = size;
    // Down to the subtree that the old tree ends with; everything beside the way is in the proof.
    while (to != oldSize) {
      long split = from + largestPowerBelow(to - from);
      if (oldSize <= split) {
        proof.addFirst(subtree(split, to));
        to = split;
      } else {
        proof.addFirst(subtree(from, split));
        from = split;
      }
    }
    if (from > 0) {
      proof.addFirst(subtree(from, to));
    }
    return proof;
  }

  /** The root over the leaves {@code [from, to)}, as it stands somewhere in the tree. */
  private Hash subtree(long from, long to) {
    long width = to - from;
    if (Long.bitCount(width) == 1) {
      return complete(Long.numberOfTrailingZeros(width), from);
    }
    long split = from + largestPowerBelow(width);
    return Hash.node(subtree(from, split), subtree(split, to));
  }

  /** The root of a complete subtree of {@code 2^height} leaves. */
  private Hash complete(int height, long from) {
    int level = height / Tile.HEIGHT;
    int width = 1 << (height % Tile.HEIGHT);
    long first = from >>> (level * Tile.HEIGHT);
    byte[] hashes = tile(level, first >>> Tile.HEIGHT);
    return TileHashes.subtree(hashes, (int) (first % Tile.WIDTH) * Hash.BYTES, width);
  }

  private byte[] tile(int level, long number) {
    return tiles.computeIfAbsent(
        new Tile(level, number, Tile.width(level, number, sizeMax)), this::hashes);
  }

  /** The hashes of a tile. */
  public byte[] hashes(Tile tile) {
    require(tile.width() <= Tile.width(tile.level(), tile.number(), sizeMax), sizeMax);
    return tile.level() == 0
        ? leaves.hashes(tile.first(), tile.first() + tile.width())
        : tree.hashes(tile);
  }

  private static long largestPowerBelow(long width) {
    return Long.highestOneBit(width - 1);
  }

  private static void require(boolean holds, long size) {
    if (!holds) {
      throw new IllegalArgumentException("not in a tree of " + size);
    }
  }
}
