package io.quaestor.kernel.learning;

import java.util.Objects;

/** Eight classes of equal width, from easy to hard. */
record ByDifficulty() implements Classifier {

  private static final int WIDTH_BPS = 10_000 / Regimes.COUNT;

  @Override
  public int regime(Traits traits, Regimes regimes) {
    int difficulty = Objects.requireNonNull(traits.difficultyBps());
    return Math.min(Regimes.COUNT - 1, difficulty / WIDTH_BPS);
  }
}
