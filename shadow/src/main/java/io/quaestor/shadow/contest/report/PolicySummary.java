package io.quaestor.shadow.contest.report;

import io.quaestor.shadow.contest.RunResult;
import io.quaestor.shadow.contest.Target;
import io.quaestor.shadow.contest.TargetResult;
import io.quaestor.shadow.contest.Totals;
import io.quaestor.shadow.contest.baseline.Baselines;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One policy at one target, over all seeds.
 *
 * @param rate mean score
 * @param points distance from the target in percentage points; below 0 is short of it
 * @param costMicrocents total
 * @param costRatio cost over that of the mixture in hindsight under the same seed
 * @param savings share of the baseline candidate's cost
 * @param regretMicrocents cost above the oracle's under the same seed; below 0 only where the
 *     target was missed
 * @param shortfall successes missing to the target
 * @param missedShare of the positives, those not flagged
 */
record PolicySummary(
    String policy,
    Spread rate,
    Spread points,
    Spread costMicrocents,
    Spread costRatio,
    Spread savings,
    Spread missRate,
    Spread regretMicrocents,
    Spread shortfall,
    Spread missedShare,
    Spread precision) {

  static List<PolicySummary> of(TargetResult result) {
    return result.runs().keySet().stream().map(policy -> of(result, policy)).toList();
  }

  private static PolicySummary of(TargetResult result, String policy) {
    Target target = result.target();
    List<RunResult> runs = result.runs().getOrDefault(policy, List.of());
    return new PolicySummary(
        policy,
        spread(runs, Totals::successRate),
        spread(runs, totals -> 100 * (totals.successRate() - target.rate())),
        spread(runs, totals -> (double) totals.costMicrocents()),
        against(runs, result.runs().get(Baselines.MIXTURE_HINDSIGHT), PolicySummary::ratio),
        spread(runs, Totals::savings),
        spread(runs, Totals::missRate),
        against(runs, result.runs().get(Baselines.ORACLE), PolicySummary::regret),
        spread(runs, totals -> totals.shortfall(target)),
        spread(runs, Totals::missedShare),
        spread(runs, Totals::precision));
  }

  private static Spread spread(List<RunResult> runs, ToDoubleFunction<Totals> value) {
    return Spread.of(runs.stream().map(run -> value.applyAsDouble(run.totals())).toList());
  }

  private static Spread against(
      List<RunResult> runs,
      @Nullable List<RunResult> yardsticks,
      ToDoubleBiFunction<Totals, Totals> value) {
    if (yardsticks == null) {
      return Spread.NONE;
    }
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      values.add(value.applyAsDouble(runs.get(i).totals(), yardsticks.get(i).totals()));
    }
    return Spread.of(values);
  }

  /** Nothing over nothing is as good as the yardstick. */
  private static double ratio(Totals totals, Totals mixture) {
    return totals.costMicrocents() == mixture.costMicrocents()
        ? 1
        : (double) totals.costMicrocents() / mixture.costMicrocents();
  }

  private static double regret(Totals totals, Totals oracle) {
    return (double) (totals.costMicrocents() - oracle.costMicrocents());
  }
}
