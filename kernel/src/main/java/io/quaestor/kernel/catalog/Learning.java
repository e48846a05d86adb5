package io.quaestor.kernel.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a policy learns from outcomes. A policy without it does not learn.
 *
 * @param targetBps share of successes that a use case aims at, unless it names its own
 * @param stepMilli how far an outcome moves the natural logarithm of the price of quality, in
 *     thousandths, when it misses the target by its whole length
 * @param firstStepMilli the step of the first outcomes
 * @param stepHalving outcomes after which the first step halves, until it has fallen to the step
 * @param priorStrength how many outcomes the quality that the catalog states counts for
 * @param regimeStrength how many outcomes a tier's rate over all regimes counts for in one regime
 * @param pooledCap most outcomes that what other tenants reported counts for
 * @param explorationBps width of a draw around the posterior's mean; 10,000 = Thompson sampling
 * @param halfLife outcomes of one tier after which an earlier one counts half; 0 = for ever
 * @param driftThresholdMilli successes above or below expectation, in thousandths, at which a
 *     change is noticed; 0 = never
 * @param driftKeptBps what earlier outcomes of a tier count for after its change
 * @param anomalyDeviationMilli distance from the regime's mean, in thousandths of its standard
 *     deviation, beyond which a request is anomalous; 0 = none is
 * @param anomalyRaiseBps how much an anomaly raises the quality floor
 * @param useCases what differs for a use case
 */
public record Learning(
    int targetBps,
    int stepMilli,
    int firstStepMilli,
    int stepHalving,
    int priorStrength,
    int regimeStrength,
    int pooledCap,
    int explorationBps,
    int halfLife,
    int driftThresholdMilli,
    int driftKeptBps,
    int anomalyDeviationMilli,
    int anomalyRaiseBps,
    Map<String, UseCase> useCases) {

  /** The least share of successes at which a failure weighs at least twice a success. */
  public static final int TARGET_BPS_USUAL_MIN = 6_667;

  /** What a policy learns by when it says no more than that it does. */
  public static final Learning USUAL =
      new Learning(
          8_000, 70, 200, 50, 20, 40, 20, 4_000, 5_000, 12_000, 2_500, 6_000, 1_000, Map.of());

  public Learning {
    useCases = Collections.unmodifiableMap(new TreeMap<>(useCases));
  }

  /**
   * What differs for a use case; null is as in the policy.
   *
   * @param priceMinMicrocents least value of a success; by default a 4,096th of the first
   * @param priceMaxMicrocents highest value of a success; by default 4,096 times the first
   */
  public record UseCase(
      @Nullable Integer targetBps,
      @Nullable Integer stepMilli,
      @Nullable Long priceMinMicrocents,
      @Nullable Long priceMaxMicrocents) {

    static final UseCase AS_POLICY = new UseCase(null, null, null, null);
  }

  public UseCase useCase(String name) {
    return useCases.getOrDefault(name, UseCase.AS_POLICY);
  }

  public int targetBps(String useCase) {
    Integer own = useCase(useCase).targetBps();
    return own != null ? own : targetBps;
  }

  /** The step of a use case after this many outcomes have moved its price. */
  public int stepMilli(String useCase, long outcomes) {
    Integer own = useCase(useCase).stepMilli();
    int least = own != null ? own : stepMilli;
    long halvings = Math.min(31, outcomes / stepHalving);
    return Math.max(least, firstStepMilli >> halvings);
  }
}
