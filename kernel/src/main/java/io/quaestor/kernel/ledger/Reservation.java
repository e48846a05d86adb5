package io.quaestor.kernel.ledger;

import io.quaestor.kernel.event.Price;
import java.time.Instant;

/**
 * A reservation is money promised to a decision until it is settled. It ends once; the ended forms
 * say how.
 */
public sealed interface Reservation {

  record Open(long amountMicrocents, Instant expiresAt, Price price) implements Reservation {}

  /** An ended reservation; {@code version} is the ledger's version that ended it. */
  sealed interface Ended extends Reservation {
    long version();
  }

  record Committed(long version, long actualMicrocents) implements Ended {}

  record Released(long version) implements Ended {}

  /** The hold has returned, yet a true cost may still arrive; hence amount and price. */
  record Expired(long version, long amountMicrocents, Price price) implements Ended {}
}
