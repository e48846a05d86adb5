package io.quaestor.shadow.run;

import io.quaestor.kernel.event.Budget;
import io.quaestor.kernel.shadow.ShadowRun;
import io.quaestor.kernel.tenant.TenantState;
import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.Progress;
import io.quaestor.shadow.contest.BenchSet;
import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.contest.CandidateTotals;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.profile.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shadow replay: a history is decided again, call by call, by the code that decides live ones,
 * which learns from the results as they come. Nothing is sealed; all else is as on a node.
 */
public final class ShadowReplay {

  private static final int PROGRESS_CALLS = 256;

  private final Profile profile;
  private final ReplayPlan plan;
  private final History history;
  private final BenchSet set;
  private final CandidateTotals totals;
  private final int periodCalls;

  /**
   * @throws BadInput when the plan does not go with the history
   */
  public ShadowReplay(Profile profile, History whole, ReplayPlan plan) {
    this.profile = profile;
    this.plan = plan;
    this.history = ordered(whole, plan);
    this.set = new BenchSet(history, Order.FILE, history.candidates().indexOf(profile.baseline()));
    this.totals = set.totals();
    this.periodCalls = plan.period(history.cases().size());
    long periods = Math.ceilDiv(history.cases().size(), periodCalls);
    if (periods > ReplayPlan.PERIODS_MAX) {
      throw new BadInput(
          "--period %,d makes %,d periods of %,d calls; at most %,d are reported. Raise it."
              .formatted(periodCalls, periods, history.cases().size(), ReplayPlan.PERIODS_MAX));
    }
  }

  private static History ordered(History whole, ReplayPlan plan) {
    List<Case> cases = whole.cases();
    int[] places = plan.order().places(cases.size(), plan.seed());
    int calls = plan.limit() == null ? cases.size() : Math.min(plan.limit(), cases.size());
    List<Case> ordered = Arrays.stream(places).limit(calls).mapToObj(cases::get).toList();
    return new History(whole.set(), whole.candidates(), ordered, whole.notes());
  }

  /** The run before its first call. */
  ShadowRun begin() {
    return new ShadowRun("shadow-" + plan.seed(), profile.catalog(), plan.policy(), plan.budget());
  }

  Tally.Terms terms() {
    return new Tally.Terms(
        profile.catalog().tiers(),
        set.baseline(),
        totals.cheapest(),
        profile.catalog().models().get(totals.cheapest()).tier(),
        profile.positive() != null);
  }

  List<Case> cases() {
    return history.cases();
  }

  public ReplayResult run(Progress progress) {
    ShadowRun run = begin();
    Replayer replayer = new Replayer(run, terms(), history.candidates());
    List<Figures> periods = periods(replayer, progress);
    Figures total = replayer.total();
    return new ReplayResult(
        profile,
        plan,
        history.candidates(),
        periodCalls,
        history.candidates().get(totals.cheapest()),
        history.notes(),
        periods,
        total,
        checked(run.state(), total),
        total.rejected() > 0 ? null : Yardsticks.at(set, total.successRate()));
  }

  private List<Figures> periods(Replayer replayer, Progress progress) {
    List<Figures> periods = new ArrayList<>();
    int calls = history.cases().size();
    for (int i = 0; i < calls; i++) {
      if (i % PROGRESS_CALLS == 0) {
        progress.at("Replaying " + history.set(), i, calls);
      }
      replayer.step(history.cases().get(i), i);
      if ((i + 1) % periodCalls == 0 || i + 1 == calls) {
        periods.add(replayer.cut());
      }
    }
    return periods;
  }

  /** The ledger against the sum of the true costs, which two computations so agree on. */
  static Budget checked(TenantState state, Figures total) {
    Budget budget = state.ledger().budget();
    long sum =
        budget.remainingMicrocents() + budget.reservedMicrocents() + budget.committedMicrocents();
    if (budget.committedMicrocents() != total.costMicrocents()
        || budget.reservedMicrocents() != 0
        || state.ledger().reservations().openCount() != 0
        || sum != budget.initialMicrocents()) {
      throw new IllegalStateException(
          "The ledger does not fit the replay: true costs of %d microcents, but %s with %d open reservations."
              .formatted(
                  total.costMicrocents(), budget, state.ledger().reservations().openCount()));
    }
    return budget;
  }
}
