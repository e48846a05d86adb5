package io.quaestor.shadow.contest.report;

import io.quaestor.shadow.contest.ContestResult;
import io.quaestor.shadow.contest.TargetResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The aims over all sets and targets. */
record Overview(List<Line> lines) {

  record Line(String set, String percent, PolicySummary judged, Verdict verdict) {}

  static Overview of(List<ContestResult> results) {
    List<Line> lines = new ArrayList<>();
    for (ContestResult result : results) {
      result.targets().forEach(target -> line(result, target).ifPresent(lines::add));
    }
    return new Overview(List.copyOf(lines));
  }

  private static Optional<Line> line(ContestResult result, TargetResult target) {
    List<PolicySummary> policies = PolicySummary.of(target);
    return Verdict.of(policies)
        .map(
            verdict ->
                new Line(
                    result.set().name(), TextReport.percent(target), judged(policies), verdict));
  }

  private static PolicySummary judged(List<PolicySummary> policies) {
    return policies.stream()
        .filter(one -> one.policy().equals(Verdict.JUDGED))
        .findFirst()
        .orElseThrow();
  }

  String sentence() {
    long rate = lines.stream().filter(line -> line.verdict.rate().reached()).count();
    long cost = lines.stream().filter(line -> line.verdict.cost().reached()).count();
    long cheaper = lines.stream().filter(line -> line.verdict.cheaper().reached()).count();
    long all =
        lines.stream()
            .filter(line -> line.verdict.aims().stream().allMatch(Verdict.Aim::reached))
            .count();
    return ("Of %d targets: rate reached at %d, cost at %d, cheaper than the baselines at %d;"
            + " all three at %d.")
        .formatted(lines.size(), rate, cost, cheaper, all);
  }
}
