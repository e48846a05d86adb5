package io.quaestor.benchmarks;

import io.quaestor.kernel.decision.Candidate;
import io.quaestor.kernel.decision.Input;
import io.quaestor.kernel.decision.Limits;

/**
 * The baseline of {@link KernelBenchmark}: the same gates and formula written down plainly, a loop
 * over an array of records in 64-bit arithmetic. It overflows where the kernel is exact, breaks
 * ties as the kernel does and keeps less: the best two, their costs and utilities, and the counts.
 */
final class NaiveKernel {
  int best;
  int second;
  long bestUtility;
  long bestCost;
  long secondUtility;
  long secondCost;
  int eligible;
  final int[] rejected = new int[9];

  void decide(Limits limits, Candidate[] candidates, Input in) {
    best = -1;
    second = -1;
    eligible = 0;
    java.util.Arrays.fill(rejected, 0);
    if (in.riskBps() >= limits.hardRiskLimitBps()
        || in.confidenceBps() < limits.minimumConfidenceBps()) {
      return;
    }
    for (int i = 0; i < candidates.length; i++) {
      Candidate c = candidates[i];
      int failed = firstFailedConstraint(c, in);
      if (failed >= 0) {
        rejected[failed]++;
        continue;
      }
      long inputCost = ceilDivide(in.inputTokens() * c.inputMicrocentsPerMillion());
      long cost = inputCost + ceilDivide(in.outputTokens() * c.outputMicrocentsPerMillion());
      long bound = inputCost + ceilDivide(in.outputTokensMax() * c.outputMicrocentsPerMillion());
      if (bound > in.budgetLimitMicrocents()) {
        rejected[7]++;
        continue;
      }
      long utility = utility(limits, c, in, cost);
      if (utility <= 0) {
        rejected[8]++;
        continue;
      }
      eligible++;
      rank(candidates, i, utility, cost);
    }
  }

  private static int firstFailedConstraint(Candidate c, Input in) {
    if (!c.enabled()) {
      return 0;
    } else if (c.qualityBps() < in.qualityFloorBps()) {
      return 1;
    } else if (in.maxP95LatencyMs() != 0 && c.p95LatencyMs() > in.maxP95LatencyMs()) {
      return 2;
    } else if ((c.capabilities() & in.requiredCapabilities()) != in.requiredCapabilities()) {
      return 3;
    } else if (c.providerId() >= 64 || (in.allowedProviders() & 1L << c.providerId()) == 0) {
      return 4;
    } else if (in.requiredRegions() != 0 && (c.regions() & in.requiredRegions()) == 0) {
      return 5;
    } else if (in.riskBps() > c.riskCeilingBps()) {
      return 6;
    }
    return -1;
  }

  private static long utility(Limits limits, Candidate c, Input in, long cost) {
    long value = Math.max(0, in.businessValueMicrocents());
    return value * in.confidenceBps() * c.qualityBps() / 100_000_000
        - value * in.riskBps() / 10_000 * limits.riskMultiplierBps() / 10_000
        - cost
        - c.p95LatencyMs() * limits.latencyPenaltyMicrocentsPerMs();
  }

  private static long ceilDivide(long product) {
    return (product + 999_999) / 1_000_000;
  }

  private void rank(Candidate[] candidates, int i, long utility, long cost) {
    if (best < 0 || isBetter(candidates, i, utility, cost, best, bestUtility, bestCost)) {
      second = best;
      secondUtility = bestUtility;
      secondCost = bestCost;
      best = i;
      bestUtility = utility;
      bestCost = cost;
    } else if (second < 0
        || isBetter(candidates, i, utility, cost, second, secondUtility, secondCost)) {
      second = i;
      secondUtility = utility;
      secondCost = cost;
    }
  }

  private static boolean isBetter(
      Candidate[] candidates, int i, long utility, long cost, int j, long utilityJ, long costJ) {
    if (utility != utilityJ) {
      return utility > utilityJ;
    }
    if (cost != costJ) {
      return cost < costJ;
    }
    int quality = candidates[i].qualityBps();
    int qualityJ = candidates[j].qualityBps();
    return quality != qualityJ
        ? quality > qualityJ
        : candidates[i].modelId() < candidates[j].modelId();
  }
}
