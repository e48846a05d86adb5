package io.quaestor.shadow.contest.report;

/** Colours on a terminal, nothing in a pipe. Text is padded first, since codes have no width. */
public enum Paint {
  PLAIN,
  COLOURED;

  String bold(String text) {
    return in("1", text);
  }

  String dim(String text) {
    return in("2", text);
  }

  String good(String text) {
    return in("32", text);
  }

  String bad(String text) {
    return in("31;1", text);
  }

  private String in(String code, String text) {
    return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
