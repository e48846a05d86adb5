package io.quaestor.kernel.learning;

/** Four sizes, each four times the one before, of requests of lower and of higher risk. */
record BySizeAndRisk() implements Classifier {

  private static final int RISKY_BPS = 5_000;
  private static final int SIZES = 4;

  @Override
  public int regime(Traits traits, Regimes regimes) {
    int risky = traits.riskBps() >= RISKY_BPS ? 1 : 0;
    return SIZES * risky + size(traits.inputTokens());
  }

  /** 0 below 64 tokens, 1 below 256, 2 below 1,024, else 3. */
  private static int size(long tokens) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(tokens);
    return Math.clamp((bits - 5) / 2, 0, SIZES - 1);
  }
}
