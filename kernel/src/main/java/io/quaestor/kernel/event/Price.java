package io.quaestor.kernel.event;

/** What a model costs, in microcents per million tokens. */
public record Price(long inputMicrocentsPerMillion, long outputMicrocentsPerMillion) {

  private static final long TOKENS_PER_PRICE = 1_000_000;

  public Price {
    if (inputMicrocentsPerMillion < 0 || outputMicrocentsPerMillion < 0) {
      throw new IllegalArgumentException("a price is negative");
    }
  }

  /** The cost of a call, each direction rounded up to a whole microcent. */
  public long cost(long inputTokens, long outputTokens) {
    return Math.addExact(
        ceilMultiply(inputTokens, inputMicrocentsPerMillion),
        ceilMultiply(outputTokens, outputMicrocentsPerMillion));
  }

  private static long ceilMultiply(long tokens, long price) {
    return Math.ceilDiv(Math.multiplyExact(tokens, price), TOKENS_PER_PRICE);
  }
}
