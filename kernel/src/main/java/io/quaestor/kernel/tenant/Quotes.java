package io.quaestor.kernel.tenant;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.CompiledCatalog.Tier;
import io.quaestor.kernel.decision.Decision;
import io.quaestor.kernel.decision.Gate;
import io.quaestor.kernel.learning.TierChoice;
import java.util.List;

/**
 * What the tiers would cost a request: of each the cheapest eligible candidate, delay included, or
 * {@link TierChoice#NOT_ELIGIBLE}.
 */
final class Quotes {

  private final long[] expenses;
  private final long[] atFloor;
  private final int bestBps;

  private Quotes(long[] expenses, long[] atFloor, int bestBps) {
    this.expenses = expenses;
    this.atFloor = atFloor;
    this.bestBps = bestBps;
  }

  /** By tier, of candidates that pass every gate, whatever learned floor may come. */
  long[] expenses() {
    return expenses;
  }

  /** By tier, of those of them that reach the floor of the first day. */
  long[] atFloor() {
    return atFloor;
  }

  /** The highest quality of an eligible candidate, 0 when there is none. */
  int bestBps() {
    return bestBps;
  }

  /**
   * @param worthless a decision at a value of 0: nothing has a utility above 0, and what reached
   *     that gate has its expense as utility
   */
  static Quotes of(CompiledCatalog catalog, Decision worthless, int floorBps) {
    List<Tier> tiers = catalog.tiers();
    long[] expenses = new long[tiers.size()];
    long[] atFloor = new long[tiers.size()];
    int best = 0;
    for (int t = 0; t < expenses.length; t++) {
      expenses[t] = expense(catalog, tiers.get(t), worthless, 0);
      atFloor[t] = expense(catalog, tiers.get(t), worthless, floorBps);
    }
    for (int i = worthless.evaluated() - 1; i >= 0; i--) {
      if (worthless.gate(i) == Gate.UTILITY) {
        best = catalog.candidates().get(i).qualityBps();
      }
    }
    return new Quotes(expenses, atFloor, best);
  }

  private static long expense(
      CompiledCatalog catalog, Tier tier, Decision worthless, int floorBps) {
    long least = TierChoice.NOT_ELIGIBLE;
    for (int i = tier.members().nextSetBit(0);
        i >= 0 && i < worthless.evaluated();
        i = tier.members().nextSetBit(i + 1)) {
      if (worthless.gate(i) == Gate.UTILITY
          && catalog.candidates().get(i).qualityBps() >= floorBps) {
        // A utility that was clamped stands for an expense beyond every price.
        long expense = -Math.max(worthless.utilityMicrocents(i), -Long.MAX_VALUE);
        least = least == TierChoice.NOT_ELIGIBLE ? expense : Math.min(least, expense);
      }
    }
    return least;
  }

  /** Leaves out the tiers that no candidate of passes all gates in a decision at a true value. */
  Quotes worthwhile(CompiledCatalog catalog, Decision valued) {
    long[] worth = expenses.clone();
    for (int t = 0; t < worth.length; t++) {
      if (catalog.tiers().get(t).members().stream()
          .noneMatch(i -> i < valued.evaluated() && valued.isEligible(i))) {
        worth[t] = TierChoice.NOT_ELIGIBLE;
      }
    }
    return new Quotes(worth, atFloor, bestBps);
  }

  /** Leaves out a tier. */
  Quotes without(int tier) {
    long[] rest = expenses.clone();
    rest[tier] = TierChoice.NOT_ELIGIBLE;
    return new Quotes(rest, atFloor, bestBps);
  }
}
