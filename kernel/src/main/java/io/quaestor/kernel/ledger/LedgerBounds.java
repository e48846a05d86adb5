package io.quaestor.kernel.ledger;

import java.time.Duration;

/**
 * How much one ledger may remember. Beyond {@code openMax} and {@code keysMax} new calls are
 * refused; settled reservations beyond {@code endedMax} are forgotten oldest first, because the
 * chain still knows them and hands them back as {@code recalled} of a {@link LedgerCommand}.
 *
 * @param keyTtl how long an idempotency key is remembered
 */
public record LedgerBounds(int openMax, int endedMax, int keysMax, Duration keyTtl) {

  public LedgerBounds {
    if (openMax < 1 || endedMax < 0 || keysMax < 1 || !keyTtl.isPositive()) {
      throw new IllegalArgumentException(
          "bounds out of range: openMax %d, endedMax %d, keysMax %d, keyTtl %s"
              .formatted(openMax, endedMax, keysMax, keyTtl));
    }
  }

  public static final LedgerBounds DEFAULT =
      new LedgerBounds(1_000_000, 10_000, 100_000, Duration.ofHours(24));
}
