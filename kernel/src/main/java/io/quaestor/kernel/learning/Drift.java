package io.quaestor.kernel.learning;

/**
 * A two-sided CUSUM test (Page 1954) of a tier's outcomes against what was expected of them: sums
 * of how much better and how much worse they were, each less a slack per outcome and never below 0.
 *
 * @param betterMilli successes above expectation, in thousandths
 * @param worseMilli successes below expectation, in thousandths
 */
public record Drift(long betterMilli, long worseMilli) {

  static final Drift NONE = new Drift(0, 0);

  /** What an outcome may differ from expectation without adding up: half the change sought. */
  private static final int SLACK_MILLI = 100;

  /** Outcomes of a tier before which nothing is expected of it. */
  private static final int OUTCOMES_MIN = 30;

  Drift after(TierState before, int regime, int scoreBps) {
    if (before.all().outcomes() < OUTCOMES_MIN) {
      return NONE;
    }
    long off = scoreBps / 10 - StrictMath.round(before.expected(regime) * 1_000);
    return new Drift(
        Math.max(0, betterMilli + off - SLACK_MILLI), Math.max(0, worseMilli - off - SLACK_MILLI));
  }

  boolean beyond(int thresholdMilli) {
    return thresholdMilli > 0 && Math.max(betterMilli, worseMilli) > thresholdMilli;
  }

  String direction() {
    return betterMilli > worseMilli ? "better" : "worse";
  }
}
