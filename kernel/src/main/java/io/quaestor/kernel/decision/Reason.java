package io.quaestor.kernel.decision;

/** Why a decision came out as it did: one reason per decision. */
public enum Reason {
  REQUESTED_MODEL_MAXIMIZES_UTILITY("requested_model_maximizes_utility"),
  ALTERNATIVE_MAXIMIZES_UTILITY("alternative_maximizes_utility"),
  /** The request's risk reaches the policy's hard limit; no candidate was looked at. */
  RISK_HARD_LIMIT("risk_hard_limit"),
  /** The request's confidence is below the policy's minimum; no candidate was looked at. */
  CONFIDENCE_HARD_LIMIT("confidence_hard_limit"),
  CAPABILITY_CONSTRAINT("capability_constraint"),
  REGION_CONSTRAINT("region_constraint"),
  PROVIDER_CONSTRAINT("provider_constraint"),
  QUALITY_CONSTRAINT("quality_constraint"),
  RISK_CEILING_CONSTRAINT("risk_ceiling_constraint"),
  LATENCY_CONSTRAINT("latency_constraint"),
  BUDGET_CONSTRAINT("budget_constraint"),
  NON_POSITIVE_UTILITY("non_positive_utility"),
  NO_ENABLED_MODEL("no_enabled_model");

  private final String wireName;

  Reason(String wireName) {
    this.wireName = wireName;
  }

  /** The name in JSON, logs and conformance vectors. */
  public String wireName() {
    return wireName;
  }
}
