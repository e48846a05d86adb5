package io.quaestor.shadow.contest;

import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.contest.baseline.Baselines;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.history.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Results of contests, played or made up. */
public final class Results {

  private Results() {}

  /**
   * Of a synthetic set in which {@code quaestor} tosses between the first and the last candidate.
   */
  public static ContestResult played(String name, Order order) {
    BenchSet set =
        Sets.random(name, 400, new double[] {0.4, 0.6, 0.9}, new int[] {10, 40, 300}, order, 3);
    return contest(set);
  }

  /** With a positive class. */
  public static ContestResult playedWithPositives() {
    SplittableRandom random = new SplittableRandom(1);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      boolean positive = random.nextInt(3) == 0;
      List<Result> results = new ArrayList<>();
      for (int k = 0; k < 2; k++) {
        boolean right = random.nextDouble() < (k == 0 ? 0.7 : 0.95);
        results.add(new Result(right ? 10_000 : 0, k == 0 ? 1 : 100, right == positive));
      }
      cases.add(Sets.request(i, List.of(i % 7.0), positive, results));
    }
    return contest(BenchSet.of(Sets.history("alarms", 2, cases), Order.FILE));
  }

  private static ContestResult contest(BenchSet set) {
    List<Policy> policies = new ArrayList<>(List.of(new Toss("quaestor")));
    policies.addAll(Baselines.all());
    return new Contest(new ContestPlan(3, List.of(30.0, 62.5), 2))
        .run(set, policies, ContestProgress.NONE);
  }

  /** Chooses the last candidate as often as the target is far. */
  public record Toss(String name) implements Policy.Online {
    @Override
    public boolean steers() {
      return true;
    }

    @Override
    public Contender contender(History history, Target target, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      int last = history.candidates().size() - 1;
      return new Contender() {
        @Override
        public int choose(Case request, int index) {
          return random.nextDouble() * 100 < target.percent() ? last : 0;
        }

        @Override
        public void learn(Case request, int chosen, Result result) {}
      };
    }
  }

  /** 1,000 calls of one seed at a target of 0.8: policy to rate and cost. */
  public static TargetResult madeUp(Map<String, double[]> rateAndCost) {
    Map<String, List<RunResult>> runs = new LinkedHashMap<>();
    rateAndCost.forEach(
        (policy, numbers) -> runs.put(policy, List.of(run(policy, numbers[0], (long) numbers[1]))));
    return new TargetResult(new Target(50, 0.8), runs);
  }

  private static RunResult run(String policy, double rate, long cost) {
    Totals totals = new Totals(1_000, rate * 10_000_000, cost, 1_000_000, 0, 0, 0);
    Stretch stretch = new Stretch(20, rate * 200_000, cost / 50.0, 20_000);
    return new RunResult(policy, 1, totals, Collections.nCopies(Stretch.COUNT, stretch));
  }
}
