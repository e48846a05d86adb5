package io.quaestor.shadow.run;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Figures are what a stretch of a replay came to. All rates are over the served calls: a rejected
 * call costs nothing and earns nothing, on either side of a comparison.
 *
 * @param firstCall the first call of the stretch, from 0
 * @param calls served and rejected
 * @param scoreBps sum of the scores of the served calls
 * @param costMicrocents what the chosen candidates really cost
 * @param baselineMicrocents what the baseline candidate would have cost for the same calls
 * @param flags null where the history has no positive class
 * @param overruns calls whose true cost was above their reservation
 * @param tiers served calls by tier, in the catalog's order
 * @param floorSources calls by where their quality floor came from
 * @param rejections rejected calls by reason
 * @param priceMicrocents the price of quality of each use case at the end of the stretch
 */
public record Figures(
    long firstCall,
    long calls,
    long rejected,
    long scoreBps,
    long costMicrocents,
    long baselineMicrocents,
    @Nullable Flags flags,
    Escalations escalations,
    Learned learned,
    long overruns,
    Map<String, Long> tiers,
    Map<String, Long> floorSources,
    Map<String, Long> rejections,
    Map<String, Long> priceMicrocents) {

  private static final double FULL_SCORE_BPS = 10_000;

  /**
   * Of a history with a class that must not be missed.
   *
   * @param positives served calls that are truly positive
   * @param missed of these, not flagged by the chosen candidate
   * @param flagged served calls that the chosen candidate flagged, rightly or not
   */
  public record Flags(long positives, long missed, long flagged) {}

  /**
   * Calls that were served above the cheapest candidate's tier.
   *
   * @param paid of these, calls of which the cheapest candidate would have scored less
   */
  public record Escalations(long calls, long paid) {}

  /**
   * @param explored calls whose tier was not the one with most votes
   * @param anomalies calls that were anomalous
   * @param drifts changes of tiers that were noticed
   */
  public record Learned(long explored, long anomalies, long drifts) {}

  public Figures {
    tiers = Collections.unmodifiableMap(tiers);
    floorSources = Collections.unmodifiableMap(new TreeMap<>(floorSources));
    rejections = Collections.unmodifiableMap(new TreeMap<>(rejections));
    priceMicrocents = Collections.unmodifiableMap(new TreeMap<>(priceMicrocents));
  }

  public long served() {
    return calls - rejected;
  }

  /** Mean score, 0 to 1; NaN when no call was served. */
  public double successRate() {
    return scoreBps / (FULL_SCORE_BPS * served());
  }

  /** Missed positives among the positives; without a positive class 1 - success rate. */
  public double missRate() {
    return flags == null ? 1 - successRate() : (double) flags.missed() / flags.positives();
  }

  /** True positives among the flagged; without a positive class the escalations that paid. */
  public double precision() {
    return flags == null
        ? (double) escalations.paid() / escalations.calls()
        : (double) (flags.positives() - flags.missed()) / flags.flagged();
  }

  /** Of the baseline's cost; below 0 when the choices were dearer. */
  public double savings() {
    return 1 - (double) costMicrocents / baselineMicrocents;
  }

  public double exploration() {
    return (double) learned.explored() / calls;
  }

  public double tierShare(String tier) {
    return (double) tiers.getOrDefault(tier, 0L) / served();
  }

  public double floorSourceShare(String source) {
    return (double) floorSources.getOrDefault(source, 0L) / calls;
  }
}
