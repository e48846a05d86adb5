package io.quaestor.kernel.tenant;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Mode;
import io.quaestor.kernel.learning.TenantLearning;
import io.quaestor.kernel.ledger.Ledger;
import io.quaestor.kernel.ledger.LedgerBounds;

/**
 * All that is known of one tenant. A plain tenant is a tree of one: when budgets form trees, this
 * state is that of the tree's root and holds one ledger per member.
 */
public record TenantState(Ledger ledger, Mode mode, TenantLearning learning) {

  public static TenantState unknown(String tenant, LedgerBounds bounds) {
    return new TenantState(Ledger.empty(tenant, bounds), Mode.ENFORCE, TenantLearning.NONE);
  }

  /** Whether the tenant has been defined; its definition is its first event. */
  public boolean defined() {
    return ledger.version() > 0;
  }

  public TenantState evolve(Event.TenantEvent event) {
    Mode next = event instanceof Event.TenantDefined defined ? defined.mode() : mode;
    return new TenantState(ledger.evolve(event), next, learning.evolve(event));
  }
}
