package io.quaestor.kernel.ledger;

import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Mode;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.event.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be asked of a ledger. Amounts are in microcents and never negative. */
public sealed interface LedgerCommand {

  /** The call's name, when the client gave one. */
  default @Nullable IdempotencyKey key() {
    return null;
  }

  /** Opens the tenant's budget or changes its settings; what is spent stays spent. */
  record Define(
      @Nullable IdempotencyKey key, Mode mode, long initialMicrocents, long reservedMaxMicrocents)
      implements LedgerCommand {}

  record TopUp(@Nullable IdempotencyKey key, long amountMicrocents) implements LedgerCommand {}

  /** Holds an upper bound before the call. Recorded as refused when it does not fit. */
  record Reserve(
      @Nullable IdempotencyKey key,
      String id,
      long amountMicrocents,
      Instant expiresAt,
      Price price)
      implements LedgerCommand {}

  /** Records that nothing is held for this decision, whoever refused it. */
  record Refuse(@Nullable IdempotencyKey key, String id) implements LedgerCommand {}

  /**
   * Settles a reservation with its true cost, which may be above the reservation or late.
   *
   * @param recalled what the chain knows of a reservation that the ledger has forgotten
   */
  record Commit(@Nullable IdempotencyKey key, String id, Cost cost, @Nullable Reservation recalled)
      implements LedgerCommand {
    public Commit {
      requireEnded(recalled);
    }
  }

  record Release(
      @Nullable IdempotencyKey key, String id, String reason, @Nullable Reservation recalled)
      implements LedgerCommand {
    public Release {
      requireEnded(recalled);
    }
  }

  /** A ledger forgets no open reservation, so one that is recalled as open was read too early. */
  private static void requireEnded(@Nullable Reservation recalled) {
    if (recalled instanceof Reservation.Open) {
      throw new IllegalArgumentException("a reservation is recalled that has not ended");
    }
  }

  /** Ends up to {@code max} of the reservations whose time is up, the earliest first. */
  record ExpireDue(int max) implements LedgerCommand {}

  /** A true cost: stated, or counted in tokens at the price the reservation was made with. */
  sealed interface Cost {
    record Stated(long actualMicrocents) implements Cost {}

    record Used(Usage usage) implements Cost {}

    /** The cost that an outcome states, or null when it states none. */
    static @Nullable Cost reported(@Nullable Long actualMicrocents, @Nullable Usage usage) {
      if (actualMicrocents != null) {
        return new Stated(actualMicrocents);
      }
      return usage == null ? null : new Used(usage);
    }

    default long at(Price price) {
      return switch (this) {
        case Stated stated -> stated.actualMicrocents();
        case Used used -> price.cost(used.usage().inputTokens(), used.usage().outputTokens());
      };
    }
  }
}
