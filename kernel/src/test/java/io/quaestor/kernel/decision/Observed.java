package io.quaestor.kernel.decision;

import java.util.ArrayList;
import java.util.List;

/** Everything that a decision says, as a value that tests can compare and print. */
record Observed(
    Action action,
    Reason reason,
    int selectedIndex,
    int selectedModelId,
    long cost,
    long costBound,
    long utility,
    int counterfactualIndex,
    int counterfactualModelId,
    long counterfactualCost,
    long counterfactualUtility,
    int evaluated,
    List<Integer> counts,
    List<PerCandidate> candidates) {

  /** What it says of one candidate. */
  record PerCandidate(Gate gate, long cost, long utility) {}

  static Observed of(Decision decision) {
    List<Integer> counts = new ArrayList<>();
    for (Gate gate : Gate.values()) {
      counts.add(decision.count(gate));
    }
    List<PerCandidate> candidates = new ArrayList<>();
    for (int i = 0; i < decision.evaluated(); i++) {
      candidates.add(
          new PerCandidate(
              decision.gate(i), decision.costMicrocents(i), decision.utilityMicrocents(i)));
    }
    return new Observed(
        decision.action(),
        decision.reason(),
        decision.selectedIndex(),
        decision.selectedModelId(),
        decision.costMicrocents(),
        decision.costBoundMicrocents(),
        decision.utilityMicrocents(),
        decision.counterfactualIndex(),
        decision.counterfactualModelId(),
        decision.counterfactualCostMicrocents(),
        decision.counterfactualUtilityMicrocents(),
        decision.evaluated(),
        counts,
        candidates);
  }
}
