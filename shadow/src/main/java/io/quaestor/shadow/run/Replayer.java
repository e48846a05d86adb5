package io.quaestor.shadow.run;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.Choice;
import io.quaestor.kernel.event.Event.PriceMove;
import io.quaestor.kernel.shadow.ShadowRun;
import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Puts one case after the other through a run: the call, then the chosen candidate's real result as
 * its outcome, with the true cost. A rejected call has no outcome.
 */
final class Replayer {

  private final ShadowRun run;
  private final Tally.Terms terms;
  private final Map<String, Integer> places = new HashMap<>();
  private final Tally total;
  private Tally period;

  /**
   * @param candidates in the order of the cases' results
   */
  Replayer(ShadowRun run, Tally.Terms terms, List<String> candidates) {
    this.run = run;
    this.terms = terms;
    candidates.forEach(candidate -> places.put(candidate, places.size()));
    this.total = new Tally(terms, 0);
    this.period = new Tally(terms, 0);
  }

  /**
   * @param index of the case in the run; what chance there is follows from it
   * @throws BadInput when the case cannot be a call
   */
  Event.DecisionMade step(Case request, int index) {
    try {
      Event.DecisionMade decision = run.route(Calls.route(request, index));
      total.decided(decision);
      period.decided(decision);
      if (!decision.rejected()) {
        serve(request, decision);
      }
      return decision;
    } catch (IllegalArgumentException e) {
      throw new BadInput(
          "Request '%s' cannot be decided: %s"
              .formatted(BadInput.shown(request.id()), e.getMessage()),
          e);
    }
  }

  private void serve(Case request, Event.DecisionMade decision) {
    Choice selected = Objects.requireNonNull(decision.selected());
    Result result = request.results().get(Objects.requireNonNull(places.get(selected.model())));
    run.report(Calls.outcome(decision.id(), result));
    for (Tally tally : List.of(total, period)) {
      tally.served(request, selected, result);
      tally.reported(run.recorded());
    }
  }

  /** The figures since the last cut. */
  Figures cut() {
    Figures figures = period.figures(prices());
    period = new Tally(terms, total.calls());
    return figures;
  }

  Figures total() {
    return total.figures(prices());
  }

  /** The price of quality by use case; one without an outcome has none yet. */
  private Map<String, Long> prices() {
    Map<String, Long> prices = new TreeMap<>();
    run.state()
        .learning()
        .useCases()
        .forEach(
            (key, state) -> {
              PriceMove price = state.price();
              if (price != null) {
                prices.put(key.substring(key.indexOf('|') + 1), price.microcents());
              }
            });
    return prices;
  }
}
