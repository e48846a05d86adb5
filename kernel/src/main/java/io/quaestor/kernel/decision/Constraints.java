package io.quaestor.kernel.decision;

/** The gates before budget and utility, for one candidate. */
final class Constraints {
  private Constraints() {}

  /** The first of these gates that a candidate fails, or {@link Gate#PASSED}. */
  static Gate firstFailed(Candidate c, Input in) {
    if (!c.enabled()) {
      return Gate.DISABLED;
    }
    if (c.qualityBps() < in.qualityFloorBps()) {
      return Gate.QUALITY;
    }
    if (in.maxP95LatencyMs() != 0 && c.p95LatencyMs() > in.maxP95LatencyMs()) {
      return Gate.LATENCY;
    }
    if ((in.requiredCapabilities() & ~c.capabilities()) != 0) {
      return Gate.CAPABILITY;
    }
    if (c.providerId() >= Long.SIZE || (in.allowedProviders() >>> c.providerId() & 1) == 0) {
      return Gate.PROVIDER;
    }
    if (in.requiredRegions() != 0 && (in.requiredRegions() & c.regions()) == 0) {
      return Gate.REGION;
    }
    return in.riskBps() > c.riskCeilingBps() ? Gate.RISK_CEILING : Gate.PASSED;
  }
}
