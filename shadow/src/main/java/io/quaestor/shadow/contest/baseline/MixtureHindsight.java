package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.contest.Allocation;
import io.quaestor.shadow.contest.CandidateTotals;
import io.quaestor.shadow.contest.Policy;
import io.quaestor.shadow.contest.Tape;
import io.quaestor.shadow.contest.Target;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The cheapest mixture of two candidates whose expected score over the counted calls is exactly the
 * target: the point of the lower convex hull of (score, cost) at the target. Nothing that does not
 * look at the requests can be cheaper. A target below the cheapest candidate's score takes the
 * cheapest alone, one above all takes the best alone.
 */
record MixtureHindsight() implements Policy.Hindsight {

  @Override
  public String name() {
    return Baselines.MIXTURE_HINDSIGHT;
  }

  @Override
  public Function<Target, Allocation> foresee(Tape tape) {
    CandidateTotals counted = tape.counted();
    List<Integer> hull = hull(counted);
    return target -> at(counted, hull, target.rate());
  }

  private static List<Integer> hull(CandidateTotals totals) {
    IntStream candidates = IntStream.range(0, totals.candidates());
    long[] scores = candidates.mapToLong(totals::scoreBps).toArray();
    long[] costs = IntStream.range(0, scores.length).mapToLong(totals::costMicrocents).toArray();
    return LowerHull.of(scores, costs);
  }

  private static Allocation at(CandidateTotals totals, List<Integer> hull, double rate) {
    int lower = hull.getFirst();
    for (int upper : hull) {
      if (totals.meanScore(upper) >= rate) {
        return between(totals, lower, upper, rate);
      }
      lower = upper;
    }
    return Allocation.always(lower);
  }

  private static Allocation between(CandidateTotals totals, int lower, int upper, double rate) {
    double from = totals.meanScore(lower);
    double to = totals.meanScore(upper);
    return to > from
        ? Allocation.mixed(lower, upper, (rate - from) / (to - from))
        : Allocation.always(upper);
  }
}
