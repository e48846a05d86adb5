package io.quaestor.persistence.note;

import io.quaestor.persistence.merkle.Hash;
import java.util.Base64;
import java.util.Optional;

/**
 * Standard base64 with padding (RFC 4648, section 4) in its one canonical form: spare bits are
 * zero, so two different texts are never the same bytes.
 */
public final class StrictBase64 {

  private StrictBase64() {}

  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The bytes; empty when the text is not what {@link #encode} makes of any. */
  public static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The hash; empty when the text is not the base64 of 32 bytes. */
  public static Optional<Hash> hash(String text) {
    return decode(text).filter(bytes -> bytes.length == Hash.BYTES).map(Hash::of);
  }
}
