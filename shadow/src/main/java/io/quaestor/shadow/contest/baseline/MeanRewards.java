package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.history.Result;

/** How often each candidate was chosen, and its mean reward: its score, 0 to 1. */
final class MeanRewards {

  private static final double FULL_SCORE_BPS = 10_000;

  private final long[] pulls;
  private final long[] scoreBps;
  private long allPulls;

  MeanRewards(int candidates) {
    pulls = new long[candidates];
    scoreBps = new long[candidates];
  }

  static double reward(Result result) {
    return result.scoreBps() / FULL_SCORE_BPS;
  }

  void add(int candidate, Result result) {
    pulls[candidate]++;
    allPulls++;
    scoreBps[candidate] += result.scoreBps();
  }

  int candidates() {
    return pulls.length;
  }

  long pulls(int candidate) {
    return pulls[candidate];
  }

  long allPulls() {
    return allPulls;
  }

  /** 0 for one that was never chosen. */
  double mean(int candidate) {
    return scoreBps[candidate] / (FULL_SCORE_BPS * Math.max(1, pulls[candidate]));
  }
}
