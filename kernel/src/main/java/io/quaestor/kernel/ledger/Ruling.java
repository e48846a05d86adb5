package io.quaestor.kernel.ledger;

import io.quaestor.kernel.event.Event.BudgetEvent;
import java.util.List;

/** What a ledger answers to a command: events to record, an earlier answer, or a refusal. */
public sealed interface Ruling {

  record Recorded(List<BudgetEvent> events) implements Ruling {
    public Recorded {
      events = List.copyOf(events);
    }

    static Recorded of(BudgetEvent event) {
      return new Recorded(List.of(event));
    }
  }

  /** The call was answered before, by the event of this version. */
  record Repeated(long version) implements Ruling {}

  /** The command changes nothing, and this is why. */
  sealed interface Refusal extends Ruling {}

  /** The idempotency key was used for another request. */
  record KeyReused(String key) implements Refusal {}

  record TooManyKeys(int max) implements Refusal {}

  record TooManyOpen(int max) implements Refusal {}

  record DuplicateId(String id) implements Refusal {}

  record UnknownReservation(String id) implements Refusal {}

  record AlreadyCommitted(String id, long actualMicrocents) implements Refusal {}

  record AlreadyReleased(String id) implements Refusal {}

  record AlreadyExpired(String id) implements Refusal {}

  /** The budget cannot be made smaller than what is reserved and committed. */
  record BelowUse(long initialMicrocents, long usedMicrocents) implements Refusal {}

  /** The sum would not fit the number that holds it. */
  record Overflow() implements Refusal {}
}
