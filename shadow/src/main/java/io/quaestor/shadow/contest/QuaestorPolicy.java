package io.quaestor.shadow.contest;

import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.Choice;
import io.quaestor.kernel.shadow.ShadowRun;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.history.Result;
import io.quaestor.shadow.run.Aim;
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
        new ShadowRun("contest-" + seed, catalog, Aim.at(policy, targetBps), BUDGET_MICROCENTS);
    Map<String, Integer> places = new TreeMap<>();
    history.candidates().forEach(candidate -> places.put(candidate, places.size()));
    return new Contestant(run, places);
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
