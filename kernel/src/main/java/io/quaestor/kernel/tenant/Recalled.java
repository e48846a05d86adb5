package io.quaestor.kernel.tenant;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.ledger.Reservation;
import org.jspecify.annotations.Nullable;

/**
 * What the chain still knows of a decision that the ledger has forgotten.
 *
 * @param ending how its reservation ended, if it did
 * @param taught whether an outcome of it has been learned from
 */
public record Recalled(
    Event.DecisionMade decision, Event.@Nullable BudgetEvent ending, boolean taught) {

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

  /** The same when an outcome has been learned from since the chain was read. */
  public Recalled withTaught() {
    return new Recalled(decision, ending, true);
  }
}
