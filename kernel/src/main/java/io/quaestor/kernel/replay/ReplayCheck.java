package io.quaestor.kernel.replay;

import io.quaestor.kernel.event.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The replay check runs the kernel again over a chain: every decision under the policy and the
 * catalog that were in force at its place, every change of a budget on the budget before it, and
 * compares what comes out with what was recorded. So it finds a record that was changed although
 * all hashes were computed anew.
 *
 * <p>Taken as given is what came from outside: what a client asked, stated or reported, and the
 * name of the policy that a node was told to use. Events of the node pass.
 *
 * <p>Takes the entries of one chain in order, from the first. Its memory grows with the number of
 * entities, the open reservations of all tenants (and 256 ended ones each), and the versions of
 * catalogs and policies; not with the number of records. Not thread safe.
 */
public final class ReplayCheck {

  private static final String TENANT_ENTITY = "tenant|";

  private final RegistryReplay registry;
  private final RegimeHistory regimes = new RegimeHistory();
  private final EntityOrder order = new EntityOrder();
  private final Map<String, TenantReplay> tenants = new HashMap<>();
  private long decisions;
  private long unchecked;

  /**
   * @param digest the digest of a catalog or a policy: SHA-256 (64 hex digits) of its JSON bytes
   */
  public ReplayCheck(Function<Object, String> digest) {
    registry = new RegistryReplay(digest);
  }

  /** Decisions that were made again. */
  public long decisions() {
    return decisions;
  }

  /** Budgets that were folded again, one per tenant. */
  public long budgets() {
    return tenants.size();
  }

  /** Records of tenants whose budget could not be folded any further. */
  public long unchecked() {
    return unchecked;
  }

  /** Checks the next entry; what is wrong with it, first things first. */
  public Optional<Mismatch> accept(Entry entry) {
    Optional<Finding> gap = order.next(entry.entity(), entry.eseq());
    Optional<Finding> found = check(entry);
    regimes.accept(entry.seq(), entry.event());
    return gap.or(() -> found).map(finding -> Mismatch.of(entry, finding));
  }

  /**
   * Takes a record of this place whose event cannot be read, as one whose budget does not add up.
   *
   * @param type the event's type
   * @param why it cannot be read
   */
  public Mismatch unreadable(long seq, String entity, long eseq, String type, String why) {
    order.next(entity, eseq);
    if (entity.startsWith(TENANT_ENTITY)) {
      tenant(entity.substring(TENANT_ENTITY.length())).lose();
    }
    return new Mismatch(seq, entity, type, "a " + type, "it cannot be read: " + why);
  }

  private Optional<Finding> check(Entry entry) {
    try {
      return switch (entry.event()) {
        case Event.RegistryEvent put -> registry.accept(put, entry);
        case Event.TenantEvent event -> tenant(entry, event);
        case Event.NodeStarted unused -> {
          registry.restarted();
          yield Optional.empty();
        }
        case Event.NodeEvent unused -> Optional.empty();
      };
    } catch (RuntimeException e) {
      return Optional.of(
          new Finding(
              "a " + Mismatch.type(entry.event()), "it cannot be replayed: " + e.getMessage()));
    }
  }

  private Optional<Finding> tenant(Entry entry, Event.TenantEvent event) {
    if (!entry.entity().equals(TENANT_ENTITY + event.tenant())) {
      return Optional.of(
          new Finding("tenant " + event.tenant(), "it is an event of " + entry.entity()));
    }
    TenantReplay tenant = tenant(event.tenant());
    if (tenant.isLost()) {
      unchecked++;
      return Optional.empty();
    }
    if (event instanceof Event.DecisionMade decision) {
      decisions++;
      registry.used(decision.policy());
    }
    return tenant.accept(event, registry, regimes);
  }

  private TenantReplay tenant(String name) {
    return tenants.computeIfAbsent(name, TenantReplay::new);
  }
}
