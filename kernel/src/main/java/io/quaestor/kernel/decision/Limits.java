package io.quaestor.kernel.decision;

/**
 * The numbers of a policy that the kernel reads.
 *
 * @param hardRiskLimitBps a request whose risk reaches it is rejected; 0..10,000
 * @param minimumConfidenceBps a request whose confidence is below it is rejected; 0..10,000
 * @param riskMultiplierBps weight of the risk in the utility; 0 or more, may exceed 10,000
 * @param latencyPenaltyMicrocentsPerMs what a millisecond of p95 latency costs in utility
 */
public record Limits(
    int hardRiskLimitBps,
    int minimumConfidenceBps,
    int riskMultiplierBps,
    long latencyPenaltyMicrocentsPerMs) {

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Limits {
    Checks.share("hardRiskLimitBps", hardRiskLimitBps);
    Checks.share("minimumConfidenceBps", minimumConfidenceBps);
    Checks.notNegative("riskMultiplierBps", riskMultiplierBps);
    Checks.notNegative("latencyPenaltyMicrocentsPerMs", latencyPenaltyMicrocentsPerMs);
  }
}
