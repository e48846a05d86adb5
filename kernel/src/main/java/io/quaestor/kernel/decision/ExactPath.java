package io.quaestor.kernel.decision;

/** Decides with 128-bit products; right for every input. */
final class ExactPath {
  static final int MILLION = 1_000_000;

  /** Product of two shares in basis points that stands for 1. */
  static final int SHARE_SQUARED = 100_000_000;

  private ExactPath() {}

  static void decide(Limits limits, Candidates candidates, Input in, Decision out) {
    out.begin(in, candidates.size());
    out.clearGates();
    long riskTerm =
        Wide.multiplyDivide(
            in.value(), (long) in.riskBps() * limits.riskMultiplierBps(), SHARE_SQUARED);
    for (int i = 0; i < candidates.size(); i++) {
      Candidate c = candidates.get(i);
      Gate gate = Constraints.firstFailed(c, in);
      if (gate == Gate.PASSED) {
        gate = price(limits, c, in, riskTerm, i, out);
      }
      out.put(i, gate);
    }
    conclude(candidates, in, out);
  }

  /** Prices and ranks a candidate that meets all constraints. */
  private static Gate price(
      Limits limits, Candidate c, Input in, long riskTerm, int index, Decision out) {
    long bound = cost(c, in.inputTokens(), in.outputTokensMax());
    if (in.budgetLimitMicrocents() < 0
        || Long.compareUnsigned(bound, in.budgetLimitMicrocents()) > 0) {
      return Gate.BUDGET;
    }
    long cost = cost(c, in.inputTokens(), in.outputTokens());
    long utility = utility(limits, c, in, riskTerm, cost);
    out.price(index, cost, utility);
    return utility > 0 ? Gate.PASSED : Gate.UTILITY;
  }

  private static void conclude(Candidates candidates, Input in, Decision out) {
    if (out.selectedIndex() < 0) {
      out.rejectByGates();
      return;
    }
    Candidate selected = candidates.get(out.selectedIndex());
    int second = out.counterfactualIndex();
    out.select(
        selected.modelId(),
        cost(selected, in.inputTokens(), in.outputTokensMax()),
        second < 0 ? 0 : candidates.get(second).modelId());
  }

  private static long utility(Limits limits, Candidate c, Input in, long riskTerm, long cost) {
    long gain =
        Wide.multiplyDivide(in.value(), (long) in.confidenceBps() * c.qualityBps(), SHARE_SQUARED);
    return Wide.subtract(Wide.subtract(Wide.subtract(gain, riskTerm), cost), delay(limits, c));
  }

  /** What a candidate's latency costs in utility, unsigned. */
  static long delay(Limits limits, Candidate c) {
    return Wide.multiply(c.p95LatencyMs(), limits.latencyPenaltyMicrocentsPerMs());
  }

  /** What a candidate costs for this many tokens, unsigned. */
  static long cost(Candidate c, long inputTokens, long outputTokens) {
    return Wide.add(
        Wide.multiplyDivideCeil(inputTokens, c.inputMicrocentsPerMillion(), MILLION),
        Wide.multiplyDivideCeil(outputTokens, c.outputMicrocentsPerMillion(), MILLION));
  }
}
