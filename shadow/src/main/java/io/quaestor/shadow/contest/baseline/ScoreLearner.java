package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.contest.Contender;
import io.quaestor.shadow.contest.Policy;
import io.quaestor.shadow.contest.Target;
import io.quaestor.shadow.history.History;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A policy whose reward is the score alone: it knows neither target nor cost. */
record ScoreLearner(String name, Factory factory) implements Policy.Online {

  /** Makes a contender for so many candidates. */
  @FunctionalInterface
  interface Factory {
    Contender make(int candidates, RandomGenerator random);
  }

  @Override
  public boolean steers() {
    return false;
  }

  @Override
  public Contender contender(History history, Target target, long seed) {
    return factory.make(history.candidates().size(), new SplittableRandom(seed));
  }
}
