package io.quaestor.shadow.contest;

import java.util.List;

/**
 * A contest's outcome.
 *
 * @param totals of the candidates over the whole set
 */
public record ContestResult(
    SetFacts set, CandidateTotals totals, int countedCalls, List<TargetResult> targets) {

  public ContestResult {
    targets = List.copyOf(targets);
  }
}
