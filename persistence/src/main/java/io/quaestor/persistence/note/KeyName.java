package io.quaestor.persistence.note;

/**
 * The name of a key: not empty, without Unicode spaces, {@code +} and control characters, because
 * those part the fields that a name stands between.
 */
final class KeyName {

  private static final int NEXT_LINE = 0x85;

  private KeyName() {}

  static boolean isValid(String name) {
    return !name.isEmpty()
        && Utf8.isPlain(name)
        && name.codePoints().noneMatch(c -> c == '+' || isSpace(c));
  }

  /** Unicode's White_Space, which is none of Java's two notions of a space. */
  private static boolean isSpace(int codePoint) {
    return Character.isSpaceChar(codePoint)
        || Character.isWhitespace(codePoint)
        || codePoint == NEXT_LINE;
  }
}
