package io.quaestor.persistence.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Merkle tree of a growing chain, kept in memory as tiles.
 *
 * <p>Leaf hashes of full tiles are not kept: whoever needs them reads those 256 records again,
 * which checks them once more. So the tree takes 32 bytes for 256 records (0.6 MB for five
 * million), needs no file of its own, and is made anew by every verification.
 *
 * <p>Grown by one thread at a time, read by many.
 */
public final class MerkleTree {

  /** The hashes of one level, tile by tile; of level 0 the last, incomplete tile only. */
  private final List<Level> levels = new ArrayList<>(List.of(new Level(false)));

  private long size;

  /** A tree of so many leaves. */
  public record Head(long size, Hash root) {}

  public synchronized long size() {
    return size;
  }

  /** Adds the leaves whose hashes stand side by side in {@code hashes} from {@code from} on. */
  public synchronized void append(byte[] hashes, int from, int count) {
    for (int i = 0; i < count; i++) {
      add(0, hashes, from + i * Hash.BYTES);
      size++;
    }
  }

  private void add(int level, byte[] hashes, int position) {
    if (level == levels.size()) {
      levels.add(new Level(true));
    }
    Level into = levels.get(level);
    into.add(hashes, position);
    if (into.lastIsFull()) {
      add(level + 1, TileHashes.subtree(into.last(), 0, Tile.WIDTH).bytes(), 0);
      into.closeLast();
    }
  }

  /** The size and the root as they are now. */
  public synchronized Head head() {
    return new Head(size, root());
  }

  /** Folds the complete subtrees that the tree's size is a sum of, from the smallest up. */
  private Hash root() {
    Hash root = null;
    for (Level level : levels) {
      byte[] tile = level.last();
      int end = level.lastWidth();
      while (end > 0) {
        int width = Integer.lowestOneBit(end);
        end -= width;
        Hash left = TileHashes.subtree(tile, end * Hash.BYTES, width);
        root = root == null ? left : Hash.node(left, root);
      }
    }
    return root == null ? Hash.EMPTY_ROOT : root;
  }

  /**
   * The hashes of a tile of level 1 or higher.
   *
   * @throws IllegalArgumentException when the tree does not have that many
   */
  public synchronized byte[] hashes(Tile tile) {
    if (tile.level() == 0 || tile.width() > Tile.width(tile.level(), tile.number(), size)) {
      throw new IllegalArgumentException("%s is not kept in a tree of %d".formatted(tile, size));
    }
    return Arrays.copyOf(
        levels.get(tile.level()).tile(Math.toIntExact(tile.number())), tile.width() * Hash.BYTES);
  }

  /** The tiles of one level; the last one may be partly filled, or not begun. */
  private static final class Level {
    private final boolean keepsAll;
    private final List<byte[]> full = new ArrayList<>();
    private byte[] last = new byte[Tile.WIDTH * Hash.BYTES];
    private int lastWidth;

    Level(boolean keepsAll) {
      this.keepsAll = keepsAll;
    }

    void add(byte[] hashes, int position) {
      System.arraycopy(hashes, position, last, lastWidth * Hash.BYTES, Hash.BYTES);
      lastWidth++;
    }

    boolean lastIsFull() {
      return lastWidth == Tile.WIDTH;
    }

    void closeLast() {
      if (keepsAll) {
        full.add(last);
        last = new byte[Tile.WIDTH * Hash.BYTES];
      }
      lastWidth = 0;
    }

    byte[] last() {
      return last;
    }

    int lastWidth() {
      return lastWidth;
    }

    byte[] tile(int number) {
      return number < full.size() ? full.get(number) : last;
    }
  }
}
