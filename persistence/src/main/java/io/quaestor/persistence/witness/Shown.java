package io.quaestor.persistence.witness;

/** Foreign text, made fit for a log line: one short line without control characters. */
final class Shown {

  private static final int CHARACTERS_MAX = 200;

  private Shown() {}

  static String text(String foreign) {
    String text = foreign.length() > CHARACTERS_MAX ? cut(foreign) : foreign;
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]+", " ").strip();
  }

  private static String cut(String foreign) {
    return foreign.substring(0, CHARACTERS_MAX) + "...";
  }
}
