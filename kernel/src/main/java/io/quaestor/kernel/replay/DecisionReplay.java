package io.quaestor.kernel.replay;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Registry.VersionedPolicy;
import io.quaestor.kernel.decision.Decision;
import io.quaestor.kernel.event.Event.DecisionMade;
import io.quaestor.kernel.learning.Regimes;
import io.quaestor.kernel.ledger.Ledger;
import io.quaestor.kernel.ledger.Ruling;
import io.quaestor.kernel.replay.Versions.Found;
import io.quaestor.kernel.tenant.Demand;
import io.quaestor.kernel.tenant.Routing;
import io.quaestor.kernel.tenant.TenantRefusal;
import io.quaestor.kernel.tenant.TenantState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a recorded decision again, on the path of a live one, and compares the two events whole.
 * Taken from the record is only what the client decided; everything else follows from the policy,
 * the catalog and the ledger as they were at its place.
 */
final class DecisionReplay {

  private DecisionReplay() {}

  static Optional<Finding> check(
      DecisionMade recorded, TenantState state, RegistryReplay registry, RegimeHistory regimes) {
    return switch (registry.policy(recorded.policy(), recorded.at())) {
      case Found.Not<VersionedPolicy> not -> Optional.of(not.why());
      case Found.Document<VersionedPolicy> policy ->
          switch (registry.catalog(recorded.catalog(), recorded.at())) {
            case Found.Not<CompiledCatalog> not -> Optional.of(not.why());
            case Found.Document<CompiledCatalog> catalog ->
                again(recorded, state, policy.document(), catalog.document(), regimes);
          };
    };
  }

  private static Optional<Finding> again(
      DecisionMade recorded,
      TenantState state,
      VersionedPolicy policy,
      CompiledCatalog catalog,
      RegimeHistory history) {
    TenantRefusal unknown = Routing.unknownModel(recorded.question().requestedModel(), catalog);
    if (unknown != null) {
      return refused(unknown);
    }
    Regimes regimes = history.at(recorded.learned()).orElse(null);
    if (regimes == null) {
      return Optional.of(
          new Finding(
              "learned.position " + Objects.requireNonNull(recorded.learned()).position(),
              "no statistics of that position may be named here"));
    }
    Ledger ledger = state.ledger();
    Routing.Known known =
        new Routing.Known(
            recorded.tenant(), ledger.reservableMicrocents(), state.learning(), regimes);
    Routing routing = Routing.of(Demand.recorded(recorded), policy, catalog, known);
    Decision decision = routing.decide();
    return switch (Ledger.decide(ledger, routing.hold(decision, recorded.at()), recorded.at())) {
      case Ruling.Recorded held -> compare(recorded, routing.event(held, decision));
      case Ruling.Repeated repeated -> refused(repeated);
      case Ruling.Refusal refusal -> refused(refusal);
    };
  }

  private static Optional<Finding> refused(Object why) {
    return Optional.of(new Finding("a decision", "the kernel comes to " + why));
  }

  /** What is selected says more than what is held for it, so that is named first. */
  private static Optional<Finding> compare(DecisionMade recorded, DecisionMade again) {
    if (recorded.equals(again)) {
      return Optional.empty();
    }
    List<Difference> all = Difference.between("", recorded, again);
    return all.stream()
        .filter(each -> !isHold(each.member()))
        .findFirst()
        .or(() -> all.stream().findFirst())
        .map(Difference::finding);
  }

  private static boolean isHold(String member) {
    return member.startsWith("reserved") || member.startsWith("refused");
  }
}
