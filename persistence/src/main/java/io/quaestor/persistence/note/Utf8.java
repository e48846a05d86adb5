package io.quaestor.persistence.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** UTF-8 that is not repaired: bytes that are no text have none. */
public final class Utf8 {

  private Utf8() {}

  public static byte[] encode(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The text; empty when the bytes are not UTF-8. */
  public static Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether a text can stand in a note: no control character but LF, and it has a UTF-8 form. */
  static boolean isPlain(String text) {
    return text.codePoints().noneMatch(c -> (c < ' ' && c != '\n') || isHalfOfAPair(c));
  }

  private static boolean isHalfOfAPair(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
