package io.quaestor.kernel.learning;

/**
 * Counts are weighted successes and failures, in millionths of an outcome: the parameters that
 * outcomes add to a Beta distribution. Counts of two streams add up.
 */
public record Counts(long successMicro, long failureMicro) {

  public static final Counts NONE = new Counts(0, 0);

  /** One outcome. */
  public static final long ONE = 1_000_000;

  private static final long MICRO_PER_BPS = 100;

  /** ln 2 in millionths: what a half-life is divided by to get a decay per outcome. */
  private static final long LN2_MICRO = 693_147;

  public Counts {
    if (successMicro < 0 || failureMicro < 0) {
      throw new IllegalArgumentException("counts are not negative");
    }
  }

  /** With one more outcome, before which earlier ones fade by their half-life; 0 = never. */
  public Counts after(int scoreBps, int halfLife) {
    Counts faded = halfLife == 0 ? this : faded(halfLife);
    return new Counts(
        faded.successMicro + scoreBps * MICRO_PER_BPS,
        faded.failureMicro + (10_000 - scoreBps) * MICRO_PER_BPS);
  }

  private Counts faded(int halfLife) {
    return new Counts(fade(successMicro, halfLife), fade(failureMicro, halfLife));
  }

  /** {@code 2^(-1/h)} is {@code 1 - ln 2 / h} to the first order. */
  private static long fade(long micro, int halfLife) {
    return micro - micro / ONE * LN2_MICRO / halfLife - micro % ONE * LN2_MICRO / halfLife / ONE;
  }

  public Counts plus(Counts other) {
    return new Counts(
        Math.addExact(successMicro, other.successMicro),
        Math.addExact(failureMicro, other.failureMicro));
  }

  /** A share of these, in basis points. */
  public Counts kept(int bps) {
    return new Counts(share(successMicro, bps), share(failureMicro, bps));
  }

  private static long share(long micro, int bps) {
    return micro / 10_000 * bps + micro % 10_000 * bps / 10_000;
  }

  /** How many outcomes these stand for. */
  public double outcomes() {
    return ((double) successMicro + failureMicro) / ONE;
  }

  public double successes() {
    return (double) successMicro / ONE;
  }

  /** The share of successes, or {@code otherwise} when there are no outcomes. */
  public double rate(double otherwise) {
    double all = outcomes();
    return all == 0 ? otherwise : successes() / all;
  }

  /** These with a weight of at most {@code outcomesMax} outcomes, at the same rate. */
  public Counts capped(int outcomesMax) {
    double all = outcomes();
    return all <= outcomesMax
        ? this
        : new Counts(
            StrictMath.round(successes() * outcomesMax / all * ONE),
            StrictMath.round((all - successes()) * outcomesMax / all * ONE));
  }
}
