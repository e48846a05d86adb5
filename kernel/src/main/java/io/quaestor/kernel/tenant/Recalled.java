package io.quaestor.kernel.tenant;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.ledger.Reservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the chain still knows of a decision that the ledger has forgotten.
 *
 * @param ending how its reservation ended, if it did
 * @param taught whether an outcome of it has been learned from
 */
public record Recalled(
    Event.DecisionMade decision, Event.@Nullable BudgetEvent ending, boolean taught) {

  /**
   * The decision of which the chain knows more than the state, when a command needs that: one whose
   * reservation is forgotten, or whose outcome is reported and not awaited any more. Else null.
   */
  public static @Nullable String needed(
      TenantState state, TenantCommand command, DecisionTerms terms) {
    return switch (command) {
      case TenantCommand.Commit commit -> forgotten(state, commit.id());
      case TenantCommand.Release release -> forgotten(state, release.id());
      case TenantCommand.ReportOutcome outcome ->
          teaches(state, outcome, terms) ? outcome.id() : forgotten(state, outcome.id());
      case TenantCommand.Route unused -> null;
      case TenantCommand.Define unused -> null;
      case TenantCommand.TopUp unused -> null;
    };
  }

  private static @Nullable String forgotten(TenantState state, String id) {
    return state.ledger().reservations().find(id) != null ? null : id;
  }

  private static boolean teaches(
      TenantState state, TenantCommand.ReportOutcome outcome, DecisionTerms terms) {
    return outcome.score() != null
        && state.learning().awaited(outcome.id()) == null
        && terms.policyInForce().policy().learning() != null;
  }

  /** With what has been decided since and is not sealed yet: a decision teaches once. */
  public Recalled after(List<Verdict.Step> unsealed) {
    boolean taughtSince =
        unsealed.stream()
            .anyMatch(
                step ->
                    step.event() instanceof Event.OutcomeReported outcome
                        && outcome.id().equals(decision.id())
                        && outcome.lesson() != null);
    return taughtSince ? new Recalled(decision, ending, true) : this;
  }

  /** The reservation in its ended form, or null when none was made or it is still open. */
  @Nullable Reservation reservation() {
    return switch (ending) {
      case Event.Committed committed -> new Reservation.Committed(0, committed.actualMicrocents());
      case Event.Released released -> new Reservation.Released(0);
      case Event.Expired expired when decision.reserved() != null ->
          new Reservation.Expired(0, expired.amountMicrocents(), decision.reserved().price());
      case null, default -> null;
    };
  }
}
