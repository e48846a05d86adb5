package io.quaestor.kernel.decision;

/**
 * A model on offer, as the kernel sees it.
 *
 * @param modelId its number in the catalog, 1 or more
 * @param providerId who serves it; bit number in a provider mask, 64 and above is in no mask
 * @param qualityBps expected quality, 0..10,000
 * @param riskCeilingBps highest risk of a request it may serve, 0..10,000
 * @param enabled whether it may be used at all
 * @param p95LatencyMs 95th percentile of its latency
 * @param capabilities bit set of what it can do
 * @param regions bit set of where it runs
 * @param inputMicrocentsPerMillion price of a million input tokens
 * @param outputMicrocentsPerMillion price of a million output tokens
 */
public record Candidate(
    int modelId,
    int providerId,
    int qualityBps,
    int riskCeilingBps,
    boolean enabled,
    int p95LatencyMs,
    long capabilities,
    long regions,
    long inputMicrocentsPerMillion,
    long outputMicrocentsPerMillion) {

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Candidate {
    if (modelId <= 0) {
      throw new IllegalArgumentException("modelId must be 1 or more, got " + modelId);
    }
    Checks.notNegative("providerId", providerId);
    Checks.share("qualityBps", qualityBps);
    Checks.share("riskCeilingBps", riskCeilingBps);
    Checks.notNegative("p95LatencyMs", p95LatencyMs);
    Checks.notNegative("inputMicrocentsPerMillion", inputMicrocentsPerMillion);
    Checks.notNegative("outputMicrocentsPerMillion", outputMicrocentsPerMillion);
  }
}
