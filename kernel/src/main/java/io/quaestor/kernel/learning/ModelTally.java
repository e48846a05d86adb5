package io.quaestor.kernel.learning;

/** The outcomes of one model in one use case, with fading, and how many there have been. */
public record ModelTally(String tier, String provider, Counts counts, long outcomes) {

  static ModelTally of(String tier, String provider) {
    return new ModelTally(tier, provider, Counts.NONE, 0);
  }

  ModelTally after(int scoreBps, int halfLife) {
    return new ModelTally(tier, provider, counts.after(scoreBps, halfLife), outcomes + 1);
  }
}
