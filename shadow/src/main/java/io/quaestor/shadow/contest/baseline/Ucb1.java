package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.contest.Contender;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Result;

/**
 * UCB1: each candidate once, then the highest {@code mean + sqrt(2 ln n / n_k)} (Auer, Cesa-Bianchi
 * and Fischer, Finite-time Analysis of the Multiarmed Bandit Problem, Machine Learning 47, 2002,
 * figure 1). Leaves nothing to chance.
 */
final class Ucb1 implements Contender {

  private final MeanRewards rewards;

  Ucb1(int candidates) {
    this.rewards = new MeanRewards(candidates);
  }

  @Override
  public int choose(Case request, int index) {
    int found = 0;
    double highest = Double.NEGATIVE_INFINITY;
    double twiceLog = 2 * StrictMath.log((double) rewards.allPulls());
    for (int k = 0; k < rewards.candidates(); k++) {
      if (rewards.pulls(k) == 0) {
        return k;
      }
      double bound = rewards.mean(k) + Math.sqrt(twiceLog / rewards.pulls(k));
      if (bound > highest) {
        highest = bound;
        found = k;
      }
    }
    return found;
  }

  @Override
  public void learn(Case request, int chosen, Result result) {
    rewards.add(chosen, result);
  }
}
