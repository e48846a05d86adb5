package io.quaestor.shadow.contest;

import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.history.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Synthetic sets. */
public final class Sets {

  private Sets() {}

  /** Each row a case, each cell {score in bps, cost}. */
  public static BenchSet of(int[][]... rows) {
    List<Case> cases = new ArrayList<>();
    for (int[][] row : rows) {
      cases.add(request(cases.size(), List.of(), null, results(row)));
    }
    return BenchSet.of(history("synthetic", rows[0].length, cases), Order.FILE);
  }

  public static int[] cell(int scoreBps, int cost) {
    return new int[] {scoreBps, cost};
  }

  /** Candidate k is right with probability rates[k] and costs about costs[k]. */
  public static BenchSet random(
      String name, int calls, double[] rates, int[] costs, Order order, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      List<Result> results = new ArrayList<>();
      for (int k = 0; k < rates.length; k++) {
        int score = random.nextDouble() < rates[k] ? 10_000 : 0;
        results.add(new Result(score, costs[k] + random.nextInt(costs[k] / 10 + 1), false));
      }
      cases.add(request(i, List.of(), null, results));
    }
    return BenchSet.of(history(name, rates.length, cases), order);
  }

  /** Small, with few different scores and costs, so that ties are common. */
  public static BenchSet tiny(int calls, int candidates, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      List<Result> results =
          IntStream.range(0, candidates)
              .mapToObj(_ -> new Result(random.nextInt(5) * 2_500, random.nextInt(12), false))
              .toList();
      cases.add(request(i, List.of(), null, results));
    }
    return BenchSet.of(history("tiny", candidates, cases), Order.FILE);
  }

  public static Case request(
      int id, List<Double> features, @Nullable Boolean positive, List<Result> results) {
    return new Case("case-" + id, "chat", 100, 50, null, features, positive, results);
  }

  public static History history(String name, int candidates, List<Case> cases) {
    List<String> names = IntStream.range(0, candidates).mapToObj(k -> "model-" + k).toList();
    return new History(name, names, cases);
  }

  public static List<Result> results(int[]... cells) {
    return IntStream.range(0, cells.length)
        .mapToObj(k -> new Result(cells[k][0], cells[k][1], false))
        .toList();
  }

  public static Tape tape(BenchSet set) {
    return new Tape(set, 1);
  }

  public static Totals play(Policy.Hindsight policy, BenchSet set, double rate) {
    Tape tape = tape(set);
    return Run.hindsight(policy, tape, policy.foresee(tape).apply(new Target(0, rate))).totals();
  }

  public static Totals play(Policy.Online policy, BenchSet set, long seed) {
    return Run.online(policy, new Tape(set, seed), set.blind(), new Target(0, 0.5)).totals();
  }
}
