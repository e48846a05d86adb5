package io.quaestor.persistence.chain;

import java.nio.charset.StandardCharsets;

/** Hex digits of a hash, by table. */
final class Hex {

  static final int HASH_BYTES = 32;
  static final int HASH_DIGITS = 64;

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

  private Hex() {}

  static void write(byte[] hash, byte[] to, int position) {
    int at = position;
    for (int i = 0; i < HASH_BYTES; i++) {
      to[at++] = DIGITS[(hash[i] >> 4) & 15];
      to[at++] = DIGITS[hash[i] & 15];
    }
  }
}
