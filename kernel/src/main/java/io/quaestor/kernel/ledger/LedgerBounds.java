package io.quaestor.kernel.ledger;

import java.time.Duration;

/**
 * How much one ledger may remember. Beyond {@code openMax} and {@code keysMax} new calls are
 * refused; settled reservations beyond {@code endedMax} are forgotten oldest first, because the
 * chain still knows them and hands them back as a {@link Recalled}.
 *
 * @param keyTtl how long an idempotency key is remembered
 */
public record LedgerBounds(int openMax, int endedMax, int keysMax, Duration keyTtl) {

  public static final LedgerBounds DEFAULT =
      new LedgerBounds(1_000_000, 10_000, 100_000, Duration.ofHours(24));
}
