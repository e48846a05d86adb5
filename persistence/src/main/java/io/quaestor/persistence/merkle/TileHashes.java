package io.quaestor.persistence.merkle;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Hashes side by side in one array of bytes, 32 each: the hashes of one tile, or a part of it.
 * Combines them as the nodes of the tree above them.
 */
final class TileHashes {

  private TileHashes() {}

  /**
   * The root of the complete subtree over {@code count} hashes, a power of two, of which the first
   * stands at {@code from}.
   */
  static Hash subtree(byte[] hashes, int from, int count) {
    byte[] level = Arrays.copyOfRange(hashes, from, from + count * Hash.BYTES);
    MessageDigest sha256 = Hash.sha256();
    for (int width = count; width > 1; width /= 2) {
      for (int i = 0; i < width / 2; i++) {
        combine(sha256, level, 2 * i * Hash.BYTES, level, i * Hash.BYTES);
      }
    }
    return Hash.of(level, 0, Hash.BYTES);
  }

  /** Writes the node over the two hashes at {@code pair}; the target may be the first of them. */
  private static void combine(
      MessageDigest sha256, byte[] hashes, int pair, byte[] target, int position) {
    sha256.update(Hash.NODE_PREFIX);
    sha256.update(hashes, pair, 2 * Hash.BYTES);
    try {
      sha256.digest(target, position, Hash.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }
}
