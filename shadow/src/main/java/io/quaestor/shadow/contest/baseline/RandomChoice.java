package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.contest.Contender;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Result;
import java.util.random.RandomGenerator;

/** Any candidate, all alike. */
record RandomChoice(int candidates, RandomGenerator random) implements Contender {

  @Override
  public int choose(Case request, int index) {
    return random.nextInt(candidates);
  }

  @Override
  public void learn(Case request, int chosen, Result result) {}
}
