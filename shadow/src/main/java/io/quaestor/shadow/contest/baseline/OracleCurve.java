package io.quaestor.shadow.contest.baseline;

import io.quaestor.shadow.contest.Allocation;
import io.quaestor.shadow.contest.Tape;
import io.quaestor.shadow.history.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * The least cost of the counted calls as a function of their total score.
 *
 * <p>It is the linear relaxation of the multiple-choice knapsack problem: all calls begin at the
 * cheapest point of their lower convex hull, then the steps up the hulls are taken in the order of
 * cost per score, the last one in part (Sinha and Zoltners, The Multiple-Choice Knapsack Problem,
 * Operations Research 27, 1979). Slopes grow along each hull, so a call's steps come in their
 * order.
 */
final class OracleCurve {

  private static final double FULL_SCORE_BPS = 10_000;

  private final Tape tape;
  private final int[] cheapest;
  private final List<Step> steps = new ArrayList<>();
  private long cheapestScoreBps;

  /** From one candidate of a call to the next better one of its hull. */
  private record Step(int call, int from, int to, long scoreBps, long costMicrocents)
      implements Comparable<Step> {

    @Override
    public int compareTo(Step other) {
      return LowerHull.compareProducts(
          costMicrocents, other.scoreBps, other.costMicrocents, scoreBps);
    }
  }

  OracleCurve(Tape tape) {
    this.tape = tape;
    this.cheapest = new int[tape.calls()];
    for (int call = tape.countedFrom(); call < tape.calls(); call++) {
      addHull(call, tape.results(call));
    }
    // Stable: equal slopes of one call stay in their order.
    steps.sort(null);
  }

  private void addHull(int call, List<Result> results) {
    List<Integer> hull =
        LowerHull.of(
            results.stream().mapToLong(Result::scoreBps).toArray(),
            results.stream().mapToLong(Result::costMicrocents).toArray());
    cheapest[call] = hull.getFirst();
    cheapestScoreBps += results.get(hull.getFirst()).scoreBps();
    for (int i = 1; i < hull.size(); i++) {
      addStep(call, hull.get(i - 1), hull.get(i), results);
    }
  }

  private void addStep(int call, int from, int to, List<Result> results) {
    Result lower = results.get(from);
    Result upper = results.get(to);
    steps.add(
        new Step(
            call,
            from,
            to,
            upper.scoreBps() - lower.scoreBps(),
            upper.costMicrocents() - lower.costMicrocents()));
  }

  /** The best that can be had where the rate is out of reach. */
  Allocation at(double rate) {
    double missing = rate * FULL_SCORE_BPS * tape.countedCalls() - cheapestScoreBps;
    int[] chosen = cheapest.clone();
    for (Step step : steps) {
      if (missing <= 0) {
        break;
      }
      if (missing < step.scoreBps) {
        return new Taken(chosen, step.call, step.to, missing / step.scoreBps);
      }
      chosen[step.call] = step.to;
      missing -= step.scoreBps;
    }
    return new Taken(chosen, -1, 0, 0);
  }

  /** One call, or none, is shared. */
  private static final class Taken implements Allocation {

    private final int[] chosen;
    private final int sharedCall;
    private final int sharedWith;
    private final double share;

    Taken(int[] chosen, int sharedCall, int sharedWith, double share) {
      this.chosen = chosen;
      this.sharedCall = sharedCall;
      this.sharedWith = sharedWith;
      this.share = share;
    }

    @Override
    public int lower(int call) {
      return chosen[call];
    }

    @Override
    public int upper(int call) {
      return call == sharedCall ? sharedWith : chosen[call];
    }

    @Override
    public double share(int call) {
      return call == sharedCall ? share : 0;
    }
  }
}
