package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.contest.Contender;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Result;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Thompson sampling for Bernoulli rewards: one draw from each candidate's Beta posterior, prior
 * Beta(1, 1), the highest draw is chosen. A fractional score is turned into a Bernoulli trial
 * (Agrawal and Goyal, Analysis of Thompson Sampling for the Multi-armed Bandit Problem, COLT 2012,
 * algorithms 1 and 2). It has no quality floor.
 */
final class Thompson implements Contender {

  private final long[] successes;
  private final long[] failures;
  private final RandomGenerator random;

  Thompson(int candidates, RandomGenerator random) {
    this.successes = new long[candidates];
    this.failures = new long[candidates];
    this.random = random;
    Arrays.fill(successes, 1);
    Arrays.fill(failures, 1);
  }

  @Override
  public int choose(Case request, int index) {
    int found = 0;
    double highest = -1;
    for (int k = 0; k < successes.length; k++) {
      double draw = BetaDraw.of(successes[k], failures[k], random);
      if (draw > highest) {
        highest = draw;
        found = k;
      }
    }
    return found;
  }

  @Override
  public void learn(Case request, int chosen, Result result) {
    if (random.nextDouble() < MeanRewards.reward(result)) {
      successes[chosen]++;
    } else {
      failures[chosen]++;
    }
  }
}
