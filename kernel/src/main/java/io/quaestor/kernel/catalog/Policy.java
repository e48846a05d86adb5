package io.quaestor.kernel.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A policy is the limits and weights a decision is made under.
 *
 * @param hardRiskLimitBps a request at or above this risk is rejected
 * @param minimumConfidenceBps a request below this confidence is rejected
 * @param riskMultiplierBps weight of risk in the utility; 10,000 = once the value at risk
 * @param latencyPenaltyMicrocentsPerMs price of a millisecond of p95 latency
 * @param defaultFloorBps quality floor of a use case that {@code floorsBps} does not name
 * @param floorsBps quality floor per use case on day one
 * @param valueMultipleBps a request's default value, as a multiple of the least value that makes
 *     the kernel accept some model of the required quality; 10,000 = once
 * @param defaultOutputTokens expected output of a request that states none
 * @param defaultOutputTokensMax what is reserved for a request that states no bound
 * @param reservationTtlMillis how long a reservation stays open
 * @param learning how outcomes change floors; null: they do not
 */
public record Policy(
    String name,
    int hardRiskLimitBps,
    int minimumConfidenceBps,
    int riskMultiplierBps,
    long latencyPenaltyMicrocentsPerMs,
    int defaultFloorBps,
    Map<String, Integer> floorsBps,
    int valueMultipleBps,
    long defaultOutputTokens,
    long defaultOutputTokensMax,
    long reservationTtlMillis,
    @Nullable Learning learning) {

  public Policy {
    // Sorted, so that equal policies have equal bytes and one digest.
    floorsBps = Collections.unmodifiableMap(new TreeMap<>(floorsBps));
  }
}
