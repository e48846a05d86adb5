package io.quaestor.shadow.run;

import io.quaestor.shadow.contest.BenchSet;
import io.quaestor.shadow.contest.Contest;
import io.quaestor.shadow.contest.Policy;
import io.quaestor.shadow.contest.Totals;
import io.quaestor.shadow.contest.baseline.Baselines;

/**
 * What a success rate would have cost at least, over all calls of a replay.
 *
 * @param oracle with all results known: no policy whatever can be cheaper
 * @param mixture by the best chance between two candidates, without a look at the requests
 */
public record Yardsticks(Totals oracle, Totals mixture) {

  static Yardsticks at(BenchSet set, double rate) {
    return new Yardsticks(
        Contest.foreseen(set, policy(Baselines.ORACLE), rate),
        Contest.foreseen(set, policy(Baselines.MIXTURE_HINDSIGHT), rate));
  }

  private static Policy.Hindsight policy(String name) {
    return Baselines.all().stream()
        .filter(each -> each.name().equals(name))
        .map(Policy.Hindsight.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
