package io.quaestor.shadow.contest;

import io.quaestor.shadow.history.Result;
import java.util.List;

/** What each candidate would have scored and cost, had it served all of some calls; exact sums. */
public final class CandidateTotals {

  /** A score of 1, in basis points. */
  static final double FULL_SCORE_BPS = 10_000;

  private final long[] scoreBps;
  private final long[] costMicrocents;
  private int calls;

  CandidateTotals(int candidates) {
    scoreBps = new long[candidates];
    costMicrocents = new long[candidates];
  }

  void add(List<Result> results) {
    calls++;
    for (int k = 0; k < scoreBps.length; k++) {
      scoreBps[k] += results.get(k).scoreBps();
      costMicrocents[k] = Math.addExact(costMicrocents[k], results.get(k).costMicrocents());
    }
  }

  public int candidates() {
    return scoreBps.length;
  }

  public int calls() {
    return calls;
  }

  public long scoreBps(int candidate) {
    return scoreBps[candidate];
  }

  public long costMicrocents(int candidate) {
    return costMicrocents[candidate];
  }

  /** 0 to 1. */
  public double meanScore(int candidate) {
    return scoreBps[candidate] / (FULL_SCORE_BPS * calls);
  }

  public double meanCostMicrocents(int candidate) {
    return (double) costMicrocents[candidate] / calls;
  }

  /** The least cost; of equals the first in the catalog's order. */
  public int cheapest() {
    int found = 0;
    for (int k = 1; k < candidates(); k++) {
      if (costMicrocents[k] < costMicrocents[found]) {
        found = k;
      }
    }
    return found;
  }

  /** The highest score; of equals the cheaper, then the first. */
  public int best() {
    int found = 0;
    for (int k = 1; k < candidates(); k++) {
      if (scoreBps[k] > scoreBps[found]
          || (scoreBps[k] == scoreBps[found] && costMicrocents[k] < costMicrocents[found])) {
        found = k;
      }
    }
    return found;
  }

  /** The highest cost; of equals the first. */
  public int dearest() {
    int found = 0;
    for (int k = 1; k < candidates(); k++) {
      if (costMicrocents[k] > costMicrocents[found]) {
        found = k;
      }
    }
    return found;
  }
}
