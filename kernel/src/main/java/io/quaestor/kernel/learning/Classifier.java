package io.quaestor.kernel.learning;

/**
 * A classifier puts a request into one of the {@value Regimes#COUNT} regimes: by its difficulty if
 * it states one, else by its features, else by size and risk.
 */
interface Classifier {

  int regime(Traits traits, Regimes regimes);

  static Classifier of(Traits traits) {
    if (traits.difficultyBps() != null) {
      return new ByDifficulty();
    }
    return traits.featuresMicro().isEmpty() ? new BySizeAndRisk() : new ByFeatures();
  }
}
