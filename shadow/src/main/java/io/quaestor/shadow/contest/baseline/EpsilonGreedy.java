package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.contest.Contender;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Result;
import java.util.random.RandomGenerator;

/**
 * Epsilon-greedy with epsilon 0.1: a random candidate each tenth time, else the one with the
 * highest mean score so far; ties are broken at random, means begin at 0 (Sutton and Barto,
 * Reinforcement Learning, 2nd edition, section 2.4).
 */
final class EpsilonGreedy implements Contender {

  private static final double EPSILON = 0.1;

  private final MeanRewards rewards;
  private final RandomGenerator random;

  EpsilonGreedy(int candidates, RandomGenerator random) {
    this.rewards = new MeanRewards(candidates);
    this.random = random;
  }

  @Override
  public int choose(Case request, int index) {
    return random.nextDouble() < EPSILON ? random.nextInt(rewards.candidates()) : greedy();
  }

  private int greedy() {
    int found = 0;
    int equals = 1;
    for (int k = 1; k < rewards.candidates(); k++) {
      int compared = Double.compare(rewards.mean(k), rewards.mean(found));
      if (compared > 0) {
        found = k;
        equals = 1;
      } else if (compared == 0 && random.nextInt(++equals) == 0) {
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
