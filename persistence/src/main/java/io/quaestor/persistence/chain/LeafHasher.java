package io.quaestor.persistence.chain;

import io.quaestor.persistence.merkle.Hash;
import java.security.DigestException;
import java.security.MessageDigest;

/** Hashes lines that have been read as leaves of the Merkle tree. For one thread. */
public final class LeafHasher {

  private final MessageDigest sha256 = RecordBatch.sha256();

  /**
   * Writes the RFC 6962 leaf hash of the JSON bytes of the line in {@code [start, end)}. The space
   * before the JSON lends its byte to the prefix, so that one pass over the block suffices.
   */
  public void hash(byte[] bytes, int start, int end, byte[] target, int position) {
    int space = start + Hex.HASH_DIGITS;
    bytes[space] = Hash.LEAF_PREFIX;
    sha256.update(bytes, space, end - space);
    bytes[space] = ' ';
    try {
      sha256.digest(target, position, Hash.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }
}
