package io.quaestor.shadow.run;

import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.catalog.Policy;
import java.util.Map;
import java.util.Objects;

/** Policies with another target. */
public final class Aim {

  private Aim() {}

  /** With one target for every use case, which is also its floor on day one. */
  public static Policy at(Policy policy, int targetBps) {
    return with(policy, targetBps, Map.of(), learning(policy, targetBps));
  }

  /** As it is; one that does not say how it learns does so in the usual way. */
  public static Policy asItIs(Policy policy) {
    return with(
        policy,
        policy.defaultFloorBps(),
        policy.floorsBps(),
        Objects.requireNonNullElse(policy.learning(), Learning.USUAL));
  }

  private static Policy with(
      Policy policy, int defaultFloorBps, Map<String, Integer> floorsBps, Learning learning) {
    return new Policy(
        policy.name(),
        policy.hardRiskLimitBps(),
        policy.minimumConfidenceBps(),
        policy.riskMultiplierBps(),
        policy.latencyPenaltyMicrocentsPerMs(),
        defaultFloorBps,
        floorsBps,
        policy.valueMultipleBps(),
        policy.defaultOutputTokens(),
        policy.defaultOutputTokensMax(),
        policy.reservationTtlMillis(),
        learning);
  }

  private static Learning learning(Policy policy, int targetBps) {
    Learning as = Objects.requireNonNullElse(policy.learning(), Learning.USUAL);
    return new Learning(
        targetBps,
        as.stepMilli(),
        as.firstStepMilli(),
        as.stepHalving(),
        as.priorStrength(),
        as.regimeStrength(),
        as.pooledCap(),
        as.explorationBps(),
        as.halfLife(),
        as.driftThresholdMilli(),
        as.driftKeptBps(),
        as.anomalyDeviationMilli(),
        as.anomalyRaiseBps(),
        Map.of());
  }
}
