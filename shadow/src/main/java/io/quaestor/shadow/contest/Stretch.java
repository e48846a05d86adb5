package io.quaestor.shadow.contest;

/**
 * A stretch is one of {@value #COUNT} equal parts of a run, for a course over time.
 *
 * @param calls that the policy says anything of; a policy that knows the counted calls only has
 *     none in the first stretches
 */
public record Stretch(int calls, double scoreBps, double costMicrocents, long baselineMicrocents) {

  public static final int COUNT = 50;

  /** Of no calls. */
  public static final Stretch NONE = new Stretch(0, 0, 0, 0);

  public Stretch plus(Stretch other) {
    return new Stretch(
        calls + other.calls,
        scoreBps + other.scoreBps,
        costMicrocents + other.costMicrocents,
        baselineMicrocents + other.baselineMicrocents);
  }

  /** NaN without calls. */
  public double missRate() {
    return 1 - scoreBps / (CandidateTotals.FULL_SCORE_BPS * calls);
  }

  /** NaN without a cost to save. */
  public double savings() {
    return 1 - costMicrocents / baselineMicrocents;
  }

  static int of(int call, int calls) {
    return (int) ((long) call * COUNT / calls);
  }
}
