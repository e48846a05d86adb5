package io.quaestor.shadow.run;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.Ballot;
import io.quaestor.kernel.event.Event.Choice;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Result;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up the figures of one stretch, call by call. */
final class Tally {

  private final Terms terms;
  private final long firstCall;

  private long calls;
  private long rejected;
  private long scoreBps;
  private long costMicrocents;
  private long baselineMicrocents;
  private long positives;
  private long missed;
  private long flagged;
  private long escalated;
  private long paid;
  private long explored;
  private long anomalies;
  private long drifts;
  private long overruns;
  private final Map<String, Long> tiers = new LinkedHashMap<>();
  private final Map<String, Long> floorSources = new TreeMap<>();
  private final Map<String, Long> rejections = new TreeMap<>();

  /**
   * What calls are compared with.
   *
   * @param tiers of the catalog, in ascending order
   * @param baseline the candidate that savings are measured against, by its place
   * @param cheapest the candidate of the least cost over the whole history, by its place
   * @param cheapestTier its tier
   */
  record Terms(
      List<String> tiers,
      int baseline,
      int cheapest,
      String cheapestTier,
      boolean hasPositiveClass) {}

  Tally(Terms terms, long firstCall) {
    this.terms = terms;
    this.firstCall = firstCall;
    terms.tiers.forEach(tier -> tiers.put(tier, 0L));
  }

  long calls() {
    return calls;
  }

  void decided(Event.DecisionMade decision) {
    calls++;
    floorSources.merge(decision.floorSource(), 1L, Long::sum);
    if (decision.rejected()) {
      rejected++;
      rejections.merge(decision.reason(), 1L, Long::sum);
    }
    Event.Learned learned = decision.learned();
    if (learned != null) {
      anomalies += learned.anomaly() == null ? 0 : 1;
      explored += isExplored(decision.selected(), learned.poll()) ? 1 : 0;
    }
  }

  /** Whether the vote that counted went to a tier that others outvoted. */
  private static boolean isExplored(@Nullable Choice selected, Event.@Nullable Poll poll) {
    if (selected == null || poll == null) {
      return false;
    }
    int most =
        poll.ballots().stream().max(Comparator.comparingInt(Ballot::votes)).orElseThrow().votes();
    return poll.ballots().stream()
        .noneMatch(ballot -> ballot.tier().equals(selected.tier()) && ballot.votes() == most);
  }

  void served(Case request, Choice selected, Result result) {
    scoreBps += result.scoreBps();
    costMicrocents = Math.addExact(costMicrocents, result.costMicrocents());
    baselineMicrocents =
        Math.addExact(baselineMicrocents, request.results().get(terms.baseline).costMicrocents());
    tiers.merge(selected.tier(), 1L, Long::sum);
    countFlags(request, result);
    countEscalation(request, selected, result);
  }

  private void countFlags(Case request, Result result) {
    flagged += result.flagged() ? 1 : 0;
    if (Boolean.TRUE.equals(request.positive())) {
      positives++;
      missed += result.flagged() ? 0 : 1;
    }
  }

  private void countEscalation(Case request, Choice selected, Result result) {
    if (terms.tiers.indexOf(selected.tier()) > terms.tiers.indexOf(terms.cheapestTier)) {
      escalated++;
      paid += request.results().get(terms.cheapest).scoreBps() < result.scoreBps() ? 1 : 0;
    }
  }

  /** What the report of an outcome came to beside the lesson. */
  void reported(List<Event.TenantEvent> events) {
    for (Event.TenantEvent event : events) {
      switch (event) {
        case Event.DriftNoticed _ -> drifts++;
        case Event.OutcomeReported outcome ->
            overruns += outcome.committed() != null && outcome.committed().overrun() ? 1 : 0;
        default -> {}
      }
    }
  }

  Figures figures(Map<String, Long> priceMicrocents) {
    return new Figures(
        firstCall,
        calls,
        rejected,
        scoreBps,
        costMicrocents,
        baselineMicrocents,
        terms.hasPositiveClass ? new Figures.Flags(positives, missed, flagged) : null,
        new Figures.Escalations(escalated, paid),
        new Figures.Learned(explored, anomalies, drifts),
        overruns,
        new LinkedHashMap<>(tiers),
        floorSources,
        rejections,
        priceMicrocents);
  }
}
