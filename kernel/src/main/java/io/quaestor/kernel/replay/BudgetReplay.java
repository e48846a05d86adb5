package io.quaestor.kernel.replay;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.BudgetEvent;
import io.quaestor.kernel.event.Event.Committed;
import io.quaestor.kernel.event.Event.OutcomeReported;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.ledger.Ledger;
import io.quaestor.kernel.ledger.LedgerCommand;
import io.quaestor.kernel.ledger.LedgerCommand.Cost;
import io.quaestor.kernel.ledger.Reservation;
import io.quaestor.kernel.ledger.Ruling;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives the ledger the command that an event answers, and compares what it decides with what was
 * recorded. A true cost is taken from the record; what it does to the budget is not.
 */
final class BudgetReplay {

  private static final Price UNKNOWN_PRICE = new Price(0, 0);

  private BudgetReplay() {}

  static Optional<Finding> check(Event.TenantEvent event, Ledger ledger) {
    return switch (event) {
      case Event.TenantDefined defined ->
          compare(
              defined,
              ledger,
              new LedgerCommand.Define(
                  defined.key(),
                  defined.mode(),
                  defined.budget().initialMicrocents(),
                  defined.reservedMaxMicrocents()));
      case Event.ToppedUp toppedUp ->
          compare(
              toppedUp,
              ledger,
              new LedgerCommand.TopUp(toppedUp.key(), toppedUp.amountMicrocents()));
      case Committed committed ->
          compare(
              committed,
              ledger,
              commit(
                  committed.key(),
                  committed.id(),
                  new Cost.Stated(committed.actualMicrocents()),
                  committed,
                  ledger));
      case Event.Released released ->
          compare(
              released,
              ledger,
              new LedgerCommand.Release(released.key(), released.id(), released.reason(), null));
      case OutcomeReported outcome -> outcome(outcome, ledger);
      case Event.Reserved hold -> withoutDecision(hold);
      case Event.Refused hold -> withoutDecision(hold);
      // Which one is due and how much returns is what the fold checks.
      case Event.Expired unused -> Optional.empty();
      // Checked by LessonReplay.
      case Event.DriftNoticed unused -> Optional.empty();
      // Checked by DecisionReplay.
      case Event.DecisionMade unused -> Optional.empty();
    };
  }

  private static Optional<Finding> compare(
      BudgetEvent recorded, Ledger ledger, LedgerCommand command) {
    return switch (Ledger.decide(ledger, command, recorded.at())) {
      case Ruling.Recorded ruled -> compare("", recorded, ruled.events().getLast());
      case Ruling.Repeated repeated -> refused(recorded, repeated);
      case Ruling.Refusal refusal -> refused(recorded, refusal);
    };
  }

  private static Optional<Finding> compare(
      String member, @Nullable Object recorded, @Nullable Object ruled) {
    return Difference.between(member, recorded, ruled).stream()
        .findFirst()
        .map(Difference::finding);
  }

  private static Optional<Finding> refused(Event recorded, Ruling ruling) {
    return Optional.of(
        new Finding("a " + Mismatch.type(recorded), "the kernel comes to " + ruling));
  }

  private static Optional<Finding> withoutDecision(Event hold) {
    return Optional.of(
        new Finding("a " + Mismatch.type(hold), "no decision is recorded that it belongs to"));
  }

  // ---- costs -----------------------------------------------------------------------------------

  /** An outcome settles what it can: an open or expired reservation, when it states a cost. */
  private static Optional<Finding> outcome(OutcomeReported outcome, Ledger ledger) {
    Cost cost = Cost.reported(outcome.actualCostMicrocents(), outcome.usage());
    Committed settled = cost == null ? null : settled(outcome, cost, ledger);
    return compare("committed", outcome.committed(), settled);
  }

  private static @Nullable Committed settled(OutcomeReported outcome, Cost cost, Ledger ledger) {
    LedgerCommand commit = commit(null, outcome.id(), cost, outcome.committed(), ledger);
    return Ledger.decide(ledger, commit, outcome.at()) instanceof Ruling.Recorded ruled
        ? (Committed) ruled.events().getLast()
        : null;
  }

  /**
   * A reservation that has expired may be forgotten here and still be known to the node that took
   * its cost: then it is as the record says.
   */
  private static LedgerCommand commit(
      @Nullable IdempotencyKey key,
      String id,
      Cost cost,
      @Nullable Committed recorded,
      Ledger ledger) {
    if (recorded == null || !recorded.late() || ledger.reservations().find(id) != null) {
      return new LedgerCommand.Commit(key, id, cost, null);
    }
    return new LedgerCommand.Commit(
        key,
        id,
        new Cost.Stated(recorded.actualMicrocents()),
        new Reservation.Expired(0, recorded.reservedMicrocents(), UNKNOWN_PRICE));
  }
}
