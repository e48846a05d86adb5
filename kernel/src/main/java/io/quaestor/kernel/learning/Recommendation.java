package io.quaestor.kernel.learning;

import java.util.List;

/** The quality floor that a use case's outcomes speak for. */
public sealed interface Recommendation {

  /** Fewest outcomes of a use case before a floor is recommended for it. */
  int OUTCOMES_MIN = 50;

  /** Fewest outcomes of a tier before it is recommended. */
  int TIER_OUTCOMES_MIN = 10;

  /**
   * The floor of the lowest tier that reaches the target.
   *
   * @param confidenceBps the probability that its true rate is at least the target: the tail of its
   *     posterior Beta(1 + successes, 1 + failures), that is, of a uniform prior and its faded
   *     counts
   */
  record Floor(String tier, int floorBps, int rateBps, int confidenceBps)
      implements Recommendation {}

  /** No tier that is on offer reaches the target. */
  record NoTierReaches(int targetBps) implements Recommendation {}

  record NotEnough(long outcomes) implements Recommendation {}

  /**
   * @param tiers lowest first
   */
  static Recommendation of(long outcomes, List<Quality.OfTier> tiers, int targetBps) {
    if (outcomes < OUTCOMES_MIN) {
      return new NotEnough(outcomes);
    }
    for (Quality.OfTier tier : tiers) {
      Integer floor = tier.floorBps();
      if (floor != null && reaches(tier.success(), targetBps)) {
        return new Floor(
            tier.tier(), floor, tier.success().rateBps(), confidence(tier.counts(), targetBps));
      }
    }
    return new NoTierReaches(targetBps);
  }

  private static boolean reaches(Success success, int targetBps) {
    return success.outcomes() >= TIER_OUTCOMES_MIN && success.rateBps() >= targetBps;
  }

  private static int confidence(Counts counts, int targetBps) {
    double failures = counts.outcomes() - counts.successes();
    double tail = BetaTail.atLeast(targetBps / 10_000.0, 1 + counts.successes(), 1 + failures);
    return (int) StrictMath.floor(tail * 10_000);
  }
}
