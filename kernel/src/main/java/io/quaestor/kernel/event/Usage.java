package io.quaestor.kernel.event;

/** The tokens that a call really used. */
public record Usage(long inputTokens, long outputTokens) {
  public Usage {
    if (inputTokens < 0 || outputTokens < 0) {
      throw new IllegalArgumentException("a number of tokens is negative");
    }
  }
}
