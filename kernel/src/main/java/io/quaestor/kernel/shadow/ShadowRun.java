package io.quaestor.kernel.shadow;

import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.catalog.Registry;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.TenantEvent;
import io.quaestor.kernel.event.Version;
import io.quaestor.kernel.learning.RegimeFold;
import io.quaestor.kernel.learning.Regimes;
import io.quaestor.kernel.ledger.LedgerBounds;
import io.quaestor.kernel.tenant.DecisionTerms;
import io.quaestor.kernel.tenant.TenantCommand;
import io.quaestor.kernel.tenant.TenantDecider;
import io.quaestor.kernel.tenant.TenantState;
import io.quaestor.kernel.tenant.Verdict;
import io.quaestor.kernel.tenant.Verdict.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One tenant and its regimes, run in order and in one thread: the decider, the ledger and the
 * learning of a live node without its actors and its chain. Events are numbered as a chain would
 * number them, so that the same calls come to the same events.
 */
public final class ShadowRun {

  private static final LedgerBounds BOUNDS = new LedgerBounds(100_000, 16, 1, Duration.ofMillis(1));
  private static final Duration BETWEEN_CALLS = Duration.ofMillis(1);

  private final Registry registry;
  private final String catalog;
  private final String policy;
  private final long budgetMicrocents;
  private final RegimeFold fold;
  private Regimes regimes;
  private TenantState state;
  private Instant now;
  private long seq;
  private List<TenantEvent> recorded = List.of();

  /**
   * All that a run needs to go on.
   *
   * @param regimesNow the statistics behind {@code published}, folded up to {@code seq}
   */
  public record Checkpoint(
      TenantState state, Regimes published, Regimes regimesNow, Instant now, long seq) {}

  /** A run from its beginning. */
  public ShadowRun(String tenant, Catalog catalog, Policy policy, long budgetMicrocents) {
    this(
        catalog,
        policy,
        budgetMicrocents,
        new Checkpoint(
            TenantState.unknown(tenant, BOUNDS), Regimes.EMPTY, Regimes.EMPTY, Instant.EPOCH, 0));
  }

  /** A run that goes on from where another was. */
  public ShadowRun(Catalog catalog, Policy policy, long budgetMicrocents, Checkpoint from) {
    this.registry = registry(catalog, policy);
    this.catalog = catalog.name();
    this.policy = policy.name();
    this.budgetMicrocents = budgetMicrocents;
    this.state = from.state();
    this.regimes = from.published();
    this.fold = new RegimeFold(from.regimesNow(), next -> regimes = next);
    this.now = from.now();
    this.seq = from.seq();
  }

  private static Registry registry(Catalog catalog, Policy policy) {
    return new Registry(
        Map.of(catalog.name(), new CompiledCatalog(unsealed(catalog.name()), catalog)),
        Map.of(policy.name(), new Registry.VersionedPolicy(unsealed(policy.name()), policy)));
  }

  /** Nothing is recorded, so there are no bytes whose digest could be stated. */
  private static Version unsealed(String name) {
    return new Version(name, 1, "0".repeat(64));
  }

  public Checkpoint checkpoint() {
    return new Checkpoint(state, regimes, fold.regimes(), now, seq);
  }

  public TenantState state() {
    return state;
  }

  public CompiledCatalog catalog() {
    return Objects.requireNonNull(registry.catalog(catalog));
  }

  /**
   * @throws IllegalArgumentException when the call cannot be decided
   */
  public Event.DecisionMade route(TenantCommand.Route call) {
    return (Event.DecisionMade) answer(call);
  }

  /**
   * @throws IllegalArgumentException when nothing can be reported about that decision
   */
  public Event.OutcomeReported report(TenantCommand.ReportOutcome outcome) {
    return (Event.OutcomeReported) answer(outcome);
  }

  /** What the last call came to, in its order: expiries and changes of tiers as well. */
  public List<TenantEvent> recorded() {
    return recorded;
  }

  private TenantEvent answer(TenantCommand command) {
    now = now.plus(BETWEEN_CALLS);
    List<TenantEvent> events = new ArrayList<>(2);
    DecisionTerms terms = new DecisionTerms(registry, catalog, policy, budgetMicrocents, regimes);
    for (Step due : TenantDecider.expire(state, terms, now)) {
      record(due);
      events.add(due.event());
    }
    Verdict verdict = TenantDecider.decide(state, command, null, terms, now);
    if (verdict.answer() instanceof Verdict.Denied denied) {
      throw new IllegalArgumentException(denied.refusal().toString());
    }
    for (Step step : verdict.steps()) {
      record(step);
      events.add(step.event());
    }
    recorded = List.copyOf(events);
    return recorded.getLast();
  }

  private void record(Step step) {
    state = step.after();
    fold.accept(++seq, step.event());
  }
}
