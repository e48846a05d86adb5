package io.quaestor.chaos.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A line is one record as it stands in a segment: 64 hex digits, a space, JSON, a line end.
 *
 * @param offset of its first byte in the segment
 * @param bytes without the line end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Line(Path segment, long offset, byte[] bytes) {

  private static final int HASH_DIGITS = 64;

  /** The hash that the line states. */
  public String hash() {
    return new String(bytes, 0, Math.min(HASH_DIGITS, bytes.length), US_ASCII);
  }

  /** Whether a space divides hash and JSON. */
  boolean isLaidOut() {
    return bytes.length > HASH_DIGITS && bytes[HASH_DIGITS] == ' ';
  }

  /** What {@code cut -c66-} leaves. */
  public byte[] json() {
    return Arrays.copyOfRange(
        bytes, Math.min(HASH_DIGITS + 1, bytes.length), Math.max(HASH_DIGITS + 1, bytes.length));
  }

  /** Length in the file, with the line end. */
  public int length() {
    return bytes.length + 1;
  }

  /** What {@code sha256sum} says of some bytes. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
