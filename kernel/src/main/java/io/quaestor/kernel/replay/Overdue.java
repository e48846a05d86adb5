package io.quaestor.kernel.replay;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.ledger.Ledger;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds expiries that are missing: a tenant ends what is due before it decides anything, so at the
 * time of any other event no reservation may be due, unless as many as are ended at a time had just
 * been ended.
 */
final class Overdue {

  /**
   * The fewest that any release ended at a time; {@code TenantDecider.EXPIRIES_MAX} is not less.
   */
  private static final int ENDED_AT_A_TIME = 512;

  private Instant expiredAt = Instant.MIN;
  private int expired;

  Optional<Finding> check(Event.TenantEvent event, Ledger ledger) {
    if (event instanceof Event.Expired) {
      expired = event.at().equals(expiredAt) ? expired + 1 : 1;
      expiredAt = event.at();
      return Optional.empty();
    }
    Instant due = ledger.reservations().nextExpiry();
    return due == null || due.isAfter(event.at()) || isForLater(event.at())
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "at " + event.at(),
                "reservation %s was due at %s and has not ended"
                    .formatted(ledger.reservations().firstDue(event.at()), due)));
  }

  private boolean isForLater(Instant at) {
    return expired >= ENDED_AT_A_TIME && expiredAt.equals(at);
  }
}
