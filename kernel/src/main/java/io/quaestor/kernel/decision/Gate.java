package io.quaestor.kernel.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition that a candidate must meet, in the order of evaluation: the first one that a
 * candidate fails is the one that rejected it.
 */
public enum Gate {
  /** The candidate is switched off. */
  DISABLED(Gate.DISABLED_CODE, "disabled", Reason.NO_ENABLED_MODEL),
  /** Its quality is below the floor. */
  QUALITY(Gate.QUALITY_CODE, "quality", Reason.QUALITY_CONSTRAINT),
  /** Its p95 latency is above the cap; a cap of 0 is none. */
  LATENCY(Gate.LATENCY_CODE, "latency", Reason.LATENCY_CONSTRAINT),
  /** It lacks a required capability. */
  CAPABILITY(Gate.CAPABILITY_CODE, "capability", Reason.CAPABILITY_CONSTRAINT),
  /** Its provider is not allowed, or has an id of 64 or more, which no mask can allow. */
  PROVIDER(Gate.PROVIDER_CODE, "provider", Reason.PROVIDER_CONSTRAINT),
  /** It is in none of the required regions; a requirement of 0 is none. */
  REGION(Gate.REGION_CODE, "region", Reason.REGION_CONSTRAINT),
  /** The request's risk is above the candidate's ceiling. */
  RISK_CEILING(Gate.RISK_CEILING_CODE, "risk_ceiling", Reason.RISK_CEILING_CONSTRAINT),
  /** Its cost bound is above the budget limit. */
  BUDGET(Gate.BUDGET_CODE, "budget", Reason.BUDGET_CONSTRAINT),
  /** Its utility is zero or less. */
  UTILITY(Gate.UTILITY_CODE, "utility", Reason.NON_POSITIVE_UTILITY),
  /** None: the candidate met every condition and is eligible. */
  PASSED(Gate.PASSED_CODE, "passed", null);

  /** The gates from the last to the first one that names the reason when counts are equal. */
  static final List<Gate> BY_PRECEDENCE_OF_REASON =
      List.of(
          DISABLED, UTILITY, BUDGET, LATENCY, RISK_CEILING, QUALITY, PROVIDER, REGION, CAPABILITY);

  static final int DISABLED_CODE = 0;
  static final int QUALITY_CODE = 1;
  static final int LATENCY_CODE = 2;
  static final int CAPABILITY_CODE = 3;
  static final int PROVIDER_CODE = 4;
  static final int REGION_CODE = 5;
  static final int RISK_CEILING_CODE = 6;
  static final int BUDGET_CODE = 7;
  static final int UTILITY_CODE = 8;
  static final int PASSED_CODE = 9;

  private static final Gate[] BY_CODE = values();

  /** Its place in the order of evaluation. */
  final byte code;

  private final String wireName;
  private final @Nullable Reason reason;

  Gate(int code, String wireName, @Nullable Reason reason) {
    this.code = (byte) code;
    this.wireName = wireName;
    this.reason = reason;
  }

  /** The name in JSON, logs and metrics. */
  public String wireName() {
    return wireName;
  }

  /** The reason of a decision in which this gate rejected most candidates. */
  Reason reason() {
    if (reason == null) {
      throw new IllegalStateException("a candidate that passed gives no reason to reject");
    }
    return reason;
  }

  static Gate ofCode(int code) {
    return BY_CODE[code];
  }
}
