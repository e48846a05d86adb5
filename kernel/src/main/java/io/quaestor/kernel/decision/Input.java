package io.quaestor.kernel.decision;

/**
 * One request, as the kernel sees it.
 *
 * @param requestedModelId the model it asks for; 0, or an id that is no candidate, for none
 * @param inputTokens size of the prompt
 * @param outputTokens expected size of the answer; the utility counts the cost of these
 * @param outputTokensMax bound of the answer, at least {@code outputTokens}; the budget must cover
 *     the cost of these
 * @param businessValueMicrocents what a success is worth; negative counts as 0
 * @param budgetLimitMicrocents what may be spent; below 0 nothing may
 * @param riskBps risk of the request, 0..10,000
 * @param confidenceBps confidence in the request, 0..10,000
 * @param qualityFloorBps least quality, 0..10,000
 * @param maxP95LatencyMs highest p95 latency; 0 for any
 * @param requiredCapabilities bit set of capabilities that a candidate must all have
 * @param allowedProviders bit set of providers; -1 for the providers 0..63
 * @param requiredRegions bit set of regions of which a candidate must have one; 0 for any
 */
public record Input(
    int requestedModelId,
    long inputTokens,
    long outputTokens,
    long outputTokensMax,
    long businessValueMicrocents,
    long budgetLimitMicrocents,
    int riskBps,
    int confidenceBps,
    int qualityFloorBps,
    int maxP95LatencyMs,
    long requiredCapabilities,
    long allowedProviders,
    long requiredRegions) {

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Input {
    Checks.notNegative("requestedModelId", requestedModelId);
    Checks.notNegative("inputTokens", inputTokens);
    Checks.notNegative("outputTokens", outputTokens);
    if (outputTokensMax < outputTokens) {
      throw new IllegalArgumentException(
          "outputTokensMax must be at least outputTokens ("
              + outputTokens
              + "), got "
              + outputTokensMax);
    }
    Checks.share("riskBps", riskBps);
    Checks.share("confidenceBps", confidenceBps);
    Checks.share("qualityFloorBps", qualityFloorBps);
    Checks.notNegative("maxP95LatencyMs", maxP95LatencyMs);
  }

  /** The business value that counts: never below 0. */
  long value() {
    return Math.max(0, businessValueMicrocents);
  }
}
