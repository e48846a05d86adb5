package io.quaestor.persistence.merkle;

/**
 * A tile is up to 256 neighbouring hashes of one height of the tree (C2SP tlog-tiles): the unit in
 * which the tree is kept, read and published.
 *
 * <pre>
 * hash i of tile (level, number) = root of the leaves
 *     [ (256 * number + i) * 256^level, (256 * number + i + 1) * 256^level )
 * </pre>
 *
 * @param level 0 holds leaf hashes; each hash of a higher level is the root of a full tile below
 * @param number from 0, in its level
 * @param width how many hashes, from 1 to 256
 */
public record Tile(int level, long number, int width) {

  /** Binary levels of the tree that one tile spans. */
  public static final int HEIGHT = 8;

  /** Hashes of a full tile. */
  public static final int WIDTH = 1 << HEIGHT;

  /** No tree whose size is a {@code long} has a higher tile. */
  public static final int LEVEL_MAX = (Long.SIZE - 1) / HEIGHT;

  public Tile {
    if (level < 0 || level > LEVEL_MAX || number < 0 || width < 1 || width > WIDTH) {
      throw new IllegalArgumentException(
          "there is no tile (%d, %d) of width %d".formatted(level, number, width));
    }
  }

  /** How many hashes a tile has in a tree of {@code size} leaves, from 0 to 256. */
  public static int width(int level, long number, long size) {
    long complete = size >>> (HEIGHT * level);
    long before = number << HEIGHT;
    return number > complete >>> HEIGHT ? 0 : Math.clamp(complete - before, 0, WIDTH);
  }

  /** The first of the tile's hashes, counted in its level. */
  public long first() {
    return number << HEIGHT;
  }
}
