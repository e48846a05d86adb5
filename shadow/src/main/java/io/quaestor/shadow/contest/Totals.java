package io.quaestor.shadow.contest;

/**
 * Totals are what a policy reached over the counted calls of a run. Where it left calls to chance
 * in hindsight they are expectations, hence not all whole numbers.
 *
 * @param calls counted
 * @param scoreBps sum of scores
 * @param costMicrocents sum of costs
 * @param baselineMicrocents what the baseline candidate would have cost
 * @param positives calls that are truly positive
 * @param missed of these, not flagged by the chosen candidate
 * @param flagged calls that the chosen candidate flagged, rightly or not
 */
public record Totals(
    int calls,
    double scoreBps,
    long costMicrocents,
    long baselineMicrocents,
    long positives,
    double missed,
    double flagged) {

  /** Mean score, 0 to 1. */
  public double successRate() {
    return scoreBps / (CandidateTotals.FULL_SCORE_BPS * calls);
  }

  /** 1 - success rate. */
  public double missRate() {
    return 1 - successRate();
  }

  /** Of the baseline's cost; below 0 when the policy was dearer. */
  public double savings() {
    return baselineMicrocents == 0 ? 0 : 1 - (double) costMicrocents / baselineMicrocents;
  }

  /** Share of the positives that was not flagged; NaN without positives. */
  public double missedShare() {
    return missed / positives;
  }

  /** Share of the flagged that is positive; NaN when nothing was flagged. */
  public double precision() {
    return (positives - missed) / flagged;
  }

  /** How many successes short of the target; 0 when it was reached. */
  public double shortfall(Target target) {
    return Math.max(0, target.rate() - successRate()) * calls;
  }
}
