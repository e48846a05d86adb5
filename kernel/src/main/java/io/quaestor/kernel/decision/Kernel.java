package io.quaestor.kernel.decision;

import java.util.BitSet;

/**
 * Decides which candidate may serve a request: policy limits + candidates + input -> decision.
 *
 * <p>Two limits of the policy come first and reject before any candidate is looked at: {@code risk
 * >= hardRiskLimit}, then {@code confidence < minimumConfidence}. Then every candidate has to pass
 * the gates in the order of {@link Gate}. With
 *
 * <pre>
 * cost(out) = ceil(inputTokens * inputPrice / 10^6) + ceil(out * outputPrice / 10^6)
 * value     = max(0, businessValue)
 * utility   = floor(value * confidence * quality / 10^8)
 *           - floor(value * risk * riskMultiplier / 10^8)
 *           - cost(outputTokens) - p95LatencyMs * latencyPenaltyPerMs
 * </pre>
 *
 * the budget has to cover {@code cost(outputTokensMax)} and the utility has to be above 0. Of those
 * that pass, the one with the highest utility is selected, on a tie the one of lower cost, then of
 * higher quality, then of lower model id; the second best is the counterfactual. If none passes,
 * the reason is the gate that rejected most candidates, on a tie the later one of capability,
 * region, provider, quality, risk ceiling, latency, budget, utility, disabled.
 *
 * <p>Money is in microcents, shares in basis points. All arithmetic is exact; only the results are
 * clamped to 64 bits. Nothing is allocated, no clock is read and no chance is involved. Thread safe
 * as long as no two threads share a {@link Decision}.
 */
public final class Kernel {
  private Kernel() {}

  /**
   * Decides one request.
   *
   * @param out where the decision is written to; whatever it held before is gone
   * @throws IllegalArgumentException if {@code out} has room for fewer candidates than there are
   */
  public static void decide(Limits limits, Candidates candidates, Input in, Decision out) {
    if (out.capacity() < candidates.size()) {
      throw new IllegalArgumentException(
          "a decision on "
              + candidates.size()
              + " candidates does not fit a buffer for "
              + out.capacity());
    }
    if (in.riskBps() >= limits.hardRiskLimitBps()) {
      out.begin(in, 0);
      out.reject(Reason.RISK_HARD_LIMIT);
    } else if (in.confidenceBps() < limits.minimumConfidenceBps()) {
      out.begin(in, 0);
      out.reject(Reason.CONFIDENCE_HARD_LIMIT);
    } else if (FastPath.applies(limits, candidates, in)) {
      FastPath.decide(limits, candidates, in, out);
    } else {
      ExactPath.decide(limits, candidates, in, out);
    }
  }

  /**
   * Selects among some of the candidates, if any of them is eligible: the best of those, by the
   * same order, with the best of all others as counterfactual. Takes a decision as {@link #decide}
   * left it for the same candidates and input; gates, costs and utilities stay as they are.
   *
   * @param preferred indexes of the candidates
   */
  public static void prefer(Candidates candidates, Input in, BitSet preferred, Decision out) {
    int best = out.bestOf(preferred);
    if (best >= 0 && best != out.selectedIndex()) {
      // What was best of all is best of the others.
      int other = out.selectedIndex();
      Candidate selected = candidates.get(best);
      out.choose(best, other);
      out.select(
          selected.modelId(),
          costMicrocents(selected, in.inputTokens(), in.outputTokensMax()),
          candidates.get(other).modelId());
    }
  }

  /**
   * The least business value in microcents at which some candidate would have a utility above 0, of
   * those that pass every gate other than budget and utility; the business value and the budget of
   * the input are not read.
   *
   * <p>It is the exact minimum: at this value some such candidate has a utility above 0, at every
   * lower value none has. Because both terms of the utility that grow with the value are rounded, a
   * somewhat higher value may fall back to 0 or below.
   *
   * @return the value; {@link Long#MAX_VALUE} if only a higher one would do; -1 if no candidate
   *     passes those gates, a limit of the policy rejects the request, or no value can do it
   *     because confidence * quality is not above risk * multiplier for any candidate
   */
  public static long breakEvenValue(Limits limits, Candidates candidates, Input in) {
    if (in.riskBps() >= limits.hardRiskLimitBps()
        || in.confidenceBps() < limits.minimumConfidenceBps()) {
      return -1;
    }
    return BreakEven.value(limits, candidates, in);
  }

  /**
   * What a candidate costs for this many tokens, in microcents: {@code ceil(inputTokens *
   * inputPrice / 10^6) + ceil(outputTokens * outputPrice / 10^6)}, {@link Long#MAX_VALUE} if above.
   *
   * @throws IllegalArgumentException if a number of tokens is negative
   */
  public static long costMicrocents(Candidate candidate, long inputTokens, long outputTokens) {
    Checks.notNegative("inputTokens", inputTokens);
    Checks.notNegative("outputTokens", outputTokens);
    return Wide.toSigned(ExactPath.cost(candidate, inputTokens, outputTokens));
  }
}
