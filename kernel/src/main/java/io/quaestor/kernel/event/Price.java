package io.quaestor.kernel.event;

/** What a model costs, in microcents per million tokens. */
public record Price(long inputMicrocentsPerMillion, long outputMicrocentsPerMillion) {

  private static final long TOKENS_PER_PRICE = 1_000_000;

  public Price {
    if (inputMicrocentsPerMillion < 0 || outputMicrocentsPerMillion < 0) {
      throw new IllegalArgumentException("a price is negative");
    }
  }

  /** The cost of a call, each direction rounded up to a whole microcent; exact if it fits. */
  public long cost(long inputTokens, long outputTokens) {
    return Math.addExact(
        ceilMultiply(inputTokens, inputMicrocentsPerMillion),
        ceilMultiply(outputTokens, outputMicrocentsPerMillion));
  }

  /**
   * {@code ceil(tokens * price / 10^6)} without a product wider than its result: with {@code tokens
   * = t * 10^6 + u} and {@code price = p * 10^6 + q} it is {@code t * price + u * p + ceil(u * q /
   * 10^6)}, where {@code u * q < 10^12}.
   */
  private static long ceilMultiply(long tokens, long price) {
    long t = tokens / TOKENS_PER_PRICE;
    long u = tokens % TOKENS_PER_PRICE;
    long p = price / TOKENS_PER_PRICE;
    long q = price % TOKENS_PER_PRICE;
    return Math.addExact(
        Math.multiplyExact(t, price), u * p + Math.ceilDiv(u * q, TOKENS_PER_PRICE));
  }
}
