package io.quaestor.persistence.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A hash is the SHA-256 of a leaf, of a node or of a whole tree (RFC 6962, section 2.1).
 *
 * <pre>
 * empty tree = SHA-256()
 * leaf       = SHA-256(0x00 || data)
 * node       = SHA-256(0x01 || left || right)
 * </pre>
 */
public final class Hash {

  public static final int BYTES = 32;

  /** First byte of what a leaf's hash is taken of, so that no node can pass for a leaf. */
  public static final byte LEAF_PREFIX = 0;

  /** First byte of what a node's hash is taken of. */
  public static final byte NODE_PREFIX = 1;

  /** The root of a tree without leaves. */
  public static final Hash EMPTY_ROOT = new Hash(sha256().digest());

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The hash that these 32 bytes are.
   *
   * @throws IllegalArgumentException when there are more or fewer
   */
  public static Hash of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** The hash in {@code [from, to)}, which must be 32 bytes. */
  public static Hash of(byte[] bytes, int from, int to) {
    if (to - from != BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + (to - from));
    }
    return new Hash(Arrays.copyOfRange(bytes, from, to));
  }

  public static Hash leaf(byte[] data) {
    MessageDigest sha256 = sha256();
    sha256.update(LEAF_PREFIX);
    return new Hash(sha256.digest(data));
  }

  public static Hash node(Hash left, Hash right) {
    MessageDigest sha256 = sha256();
    sha256.update(NODE_PREFIX);
    sha256.update(left.bytes);
    return new Hash(sha256.digest(right.bytes));
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** Copies the 32 bytes to a position. */
  void copyTo(byte[] target, int position) {
    System.arraycopy(bytes, 0, target, position, BYTES);
  }

  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return base64();
  }
}
