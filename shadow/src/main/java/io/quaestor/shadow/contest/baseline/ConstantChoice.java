package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.contest.Allocation;
import io.quaestor.shadow.contest.CandidateTotals;
import io.quaestor.shadow.contest.Policy;
import io.quaestor.shadow.contest.Tape;
import io.quaestor.shadow.contest.Target;
import java.util.function.Function;

/** One candidate for all calls, picked by the averages. */
record ConstantChoice(String name, Pick pick) implements Policy.Hindsight {

  /** Picks a candidate for a target. */
  @FunctionalInterface
  interface Pick {
    int of(Tape tape, CandidateTotals counted, Target target);
  }

  /** The least mean cost over the set. */
  static Policy cheapest() {
    return new ConstantChoice(Baselines.CHEAPEST, (tape, _, _) -> tape.wholeSet().cheapest());
  }

  /** The highest mean score over the set. */
  static Policy best() {
    return new ConstantChoice(Baselines.BEST, (tape, _, _) -> tape.wholeSet().best());
  }

  /** The cheapest whose mean score over the counted calls reaches the target, else the best. */
  static Policy fixedHindsight() {
    return new ConstantChoice(
        Baselines.FIXED_HINDSIGHT, (_, counted, target) -> cheapestThatReaches(counted, target));
  }

  private static int cheapestThatReaches(CandidateTotals totals, Target target) {
    int found = -1;
    for (int k = 0; k < totals.candidates(); k++) {
      boolean reaches = totals.meanScore(k) >= target.rate();
      if (reaches && (found < 0 || totals.costMicrocents(k) < totals.costMicrocents(found))) {
        found = k;
      }
    }
    return found < 0 ? totals.best() : found;
  }

  @Override
  public Function<Target, Allocation> foresee(Tape tape) {
    CandidateTotals counted = tape.counted();
    return target -> Allocation.always(pick.of(tape, counted, target));
  }
}
