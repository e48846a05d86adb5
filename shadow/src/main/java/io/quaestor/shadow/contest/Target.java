package io.quaestor.shadow.contest;

import java.util.List;

/**
 * A target is the mean score that a policy shall reach, given as a point on the way from the
 * cheapest candidate to the best one.
 *
 * @param percent of the way, 0 the cheapest candidate's mean score, 100 the best one's
 * @param rate 0 to 1
 */
public record Target(double percent, double rate) {

  /** 30, 50, 70 and 90 %: neither end is a task. */
  public static final List<Double> DEFAULT_PERCENTS = List.of(30.0, 50.0, 70.0, 90.0);

  public static Target of(CandidateTotals totals, double percent) {
    double cheapest = totals.meanScore(totals.cheapest());
    double best = totals.meanScore(totals.best());
    return new Target(percent, cheapest + percent / 100 * (best - cheapest));
  }
}
