package io.quaestor.chaos.load;

/** What became of a call, as far as its caller knows. */
public sealed interface Fate {

  /** The connection could not be made: the server has never seen it. */
  record NotSent() implements Fate {}

  /** The connection broke, or the server said that it may have been recorded. */
  record Unknown(String why) implements Fate {}

  /** The server said that it was not done. */
  record Refused(int status, String code) implements Fate {}

  /** Acknowledged, with a seal. */
  record Sealed(long seq, String hash, String prev, String answer) implements Fate {}
}
