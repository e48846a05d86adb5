package io.quaestor.kernel.replay;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.ledger.LedgerBounds;
import io.quaestor.kernel.tenant.TenantState;
import java.time.Duration;
import java.util.Optional;

/** One tenant from its first event on: each event is come to again, compared and folded. */
final class TenantReplay {

  /**
   * What a node refuses beyond its own bounds is not in the chain, so here nothing is refused. Of
   * ended reservations only the last few are kept, and of idempotency keys those of one moment: how
   * long a node remembers them is a setting of its own.
   */
  private static final LedgerBounds BOUNDS =
      new LedgerBounds(Integer.MAX_VALUE, 256, Integer.MAX_VALUE, Duration.ofNanos(1));

  private final Overdue overdue = new Overdue();
  private final LessonReplay lessons = new LessonReplay();
  private TenantState state;
  private boolean lost;

  TenantReplay(String tenant) {
    state = TenantState.unknown(tenant, BOUNDS);
  }

  /** Says that an event is missing from the fold. */
  void lose() {
    lost = true;
  }

  /** Whether an event could not be folded, so that what follows it cannot be checked. */
  boolean isLost() {
    return lost;
  }

  Optional<Finding> accept(
      Event.TenantEvent event, RegistryReplay registry, RegimeHistory regimes) {
    Optional<Finding> different = check(event, registry, regimes);
    Optional<Finding> broken = fold(event);
    return different.or(() -> broken);
  }

  private Optional<Finding> check(
      Event.TenantEvent event, RegistryReplay registry, RegimeHistory regimes) {
    try {
      Optional<Finding> lesson = lessons.check(event, state.learning(), registry);
      return overdue
          .check(event, state.ledger())
          .or(() -> undefined(event))
          .or(() -> again(event, registry, regimes))
          .or(() -> lesson);
    } catch (RuntimeException e) {
      return unfit(event, "it cannot be decided", e);
    }
  }

  private Optional<Finding> undefined(Event.TenantEvent event) {
    return state.defined() || event instanceof Event.TenantDefined
        ? Optional.empty()
        : Optional.of(new Finding(Mismatch.type(event), "the tenant is not defined before it"));
  }

  private Optional<Finding> again(
      Event.TenantEvent event, RegistryReplay registry, RegimeHistory regimes) {
    return event instanceof Event.DecisionMade decision
        ? DecisionReplay.check(decision, state, registry, regimes)
        : BudgetReplay.check(event, state.ledger());
  }

  private Optional<Finding> fold(Event.TenantEvent event) {
    try {
      state = state.evolve(event);
      return Optional.empty();
    } catch (RuntimeException e) {
      lost = true;
      return unfit(event, "the tenant's later records cannot be checked", e);
    }
  }

  private static Optional<Finding> unfit(
      Event.TenantEvent event, String consequence, RuntimeException why) {
    return Optional.of(
        new Finding(
            "a " + Mismatch.type(event), "%s: %s".formatted(consequence, why.getMessage())));
  }
}
