package io.quaestor.shadow.contest;

import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.Choice;
import io.quaestor.kernel.shadow.ShadowRun;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.history.Result;
import io.quaestor.shadow.run.Calls;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Quaestor itself: the deciding, learning and budget code of a node, under a profile's catalog and
 * policy, with the contest's target as the target of every use case and as its floor on day one.
 */
public record QuaestorPolicy(Catalog catalog, io.quaestor.kernel.catalog.Policy policy)
    implements Policy.Online {

  /** Contests are about choices, so money never runs out. */
  private static final long BUDGET_MICROCENTS = 1_000_000_000_000_000_000L;

  @Override
  public String name() {
    return "quaestor";
  }

  @Override
  public boolean steers() {
    return true;
  }

  @Override
  public Contender contender(History history, Target target, long seed) {
    int targetBps = Math.clamp(Math.round(target.rate() * 10_000), 1, 9_999);
    ShadowRun run =
        new ShadowRun("contest-" + seed, catalog, aimedAt(targetBps), BUDGET_MICROCENTS);
    Map<String, Integer> places = new TreeMap<>();
    history.candidates().forEach(candidate -> places.put(candidate, places.size()));
    return new Contestant(run, places);
  }

  private io.quaestor.kernel.catalog.Policy aimedAt(int targetBps) {
    Learning learning = Objects.requireNonNullElse(policy.learning(), Learning.USUAL);
    return new io.quaestor.kernel.catalog.Policy(
        policy.name(),
        policy.hardRiskLimitBps(),
        policy.minimumConfidenceBps(),
        policy.riskMultiplierBps(),
        policy.latencyPenaltyMicrocentsPerMs(),
        targetBps,
        Map.of(),
        policy.valueMultipleBps(),
        policy.defaultOutputTokens(),
        policy.defaultOutputTokensMax(),
        policy.reservationTtlMillis(),
        new Learning(
            targetBps,
            learning.stepMilli(),
            learning.firstStepMilli(),
            learning.stepHalving(),
            learning.priorStrength(),
            learning.regimeStrength(),
            learning.pooledCap(),
            learning.explorationBps(),
            learning.halfLife(),
            learning.driftThresholdMilli(),
            learning.driftKeptBps(),
            learning.anomalyDeviationMilli(),
            learning.anomalyRaiseBps(),
            Map.of()));
  }

  private static final class Contestant implements Contender {

    private final ShadowRun run;
    private final Map<String, Integer> places;
    private String decisionId = "";

    Contestant(ShadowRun run, Map<String, Integer> places) {
      this.run = run;
      this.places = places;
    }

    @Override
    public int choose(Case request, int index) {
      Event.DecisionMade decision = run.route(Calls.route(request, index));
      Choice selected = decision.selected();
      if (selected == null) {
        throw new IllegalStateException(
            "case %s is rejected: %s".formatted(request.id(), decision.reason()));
      }
      decisionId = decision.id();
      return Objects.requireNonNull(places.get(selected.model()));
    }

    @Override
    public void learn(Case request, int chosen, Result result) {
      run.report(Calls.outcome(decisionId, result));
    }
  }
}
