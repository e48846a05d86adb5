package io.quaestor.shadow.contest.report;

import io.quaestor.http.cli.Terminal;

/** Colours on a terminal, nothing in a pipe. Text is padded first, since codes have no width. */
public enum Paint {
  PLAIN,
  COLOURED;

  /** For the standard output; see no-color.org. */
  public static Paint ofStdout() {
    String noColour = System.getenv("NO_COLOR");
    boolean refused = noColour != null && !noColour.isEmpty();
    return Terminal.isStdout() && !refused ? COLOURED : PLAIN;
  }

  public String bold(String text) {
    return in("1", text);
  }

  public String dim(String text) {
    return in("2", text);
  }

  public String good(String text) {
    return in("32", text);
  }

  public String bad(String text) {
    return in("31;1", text);
  }

  private String in(String code, String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
