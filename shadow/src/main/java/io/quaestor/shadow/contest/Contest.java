package io.quaestor.shadow.contest;

import io.quaestor.shadow.contest.ContestParts.Finished;
import io.quaestor.shadow.history.History;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Holds a contest: for each seed one order that all policies see alike, for each target and policy
 * one run over it. Runs share nothing, so their results do not depend on how many run at a time.
 */
public final class Contest {

  private final ContestPlan plan;

  public Contest(ContestPlan plan) {
    this.plan = plan;
  }

  /**
   * Policies that cannot enter this set are left out.
   *
   * @throws IllegalArgumentException when two policies have one name
   */
  public ContestResult run(BenchSet set, List<Policy> policies, ContestProgress progress) {
    checkNames(policies);
    CandidateTotals totals = set.totals();
    List<Target> targets =
        plan.targetPercents().stream().map(percent -> Target.of(totals, percent)).toList();
    List<Tape> tapes = plan.seedList().stream().map(seed -> new Tape(set, seed)).toList();
    History blind = set.blind();
    List<Policy> entered = policies.stream().filter(policy -> enters(policy, blind)).toList();
    ContestParts parts = new ContestParts(set, blind, targets, tapes);
    List<Finished> finished =
        new Workers(plan.threads()).all(set.name(), parts.of(entered), progress);
    return new ContestResult(
        set.facts(),
        totals,
        tapes.getFirst().countedCalls(),
        gathered(targets, entered.stream().map(Policy::name).toList(), finished));
  }

  /** What one that knows all results makes of a whole set, its first tenth included. */
  public static Totals foreseen(BenchSet set, Policy.Hindsight policy, double rate) {
    Tape whole = Tape.whole(set);
    return Run.hindsight(policy, whole, policy.foresee(whole).apply(new Target(0, rate))).totals();
  }

  private static void checkNames(List<Policy> policies) {
    List<String> names = policies.stream().map(Policy::name).toList();
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("Two policies of a contest have one name: " + names);
    }
  }

  private static boolean enters(Policy policy, History blind) {
    return switch (policy) {
      case Policy.Online online -> online.enters(blind);
      case Policy.Hindsight _ -> true;
    };
  }

  private static List<TargetResult> gathered(
      List<Target> targets, List<String> policies, List<Finished> finished) {
    Map<Integer, List<RunResult>> byTarget =
        finished.stream()
            .collect(
                Collectors.groupingBy(
                    Finished::target, Collectors.mapping(Finished::result, Collectors.toList())));
    return IntStream.range(0, targets.size())
        .mapToObj(
            at ->
                new TargetResult(
                    targets.get(at), byPolicy(policies, byTarget.getOrDefault(at, List.of()))))
        .toList();
  }

  private static Map<String, List<RunResult>> byPolicy(
      List<String> policies, List<RunResult> results) {
    Map<String, List<RunResult>> runs = new LinkedHashMap<>();
    for (String policy : policies) {
      runs.put(
          policy,
          results.stream()
              .filter(result -> result.policy().equals(policy))
              .sorted(Comparator.comparingLong(RunResult::seed))
              .toList());
    }
    return runs;
  }
}
