package io.quaestor.actors.tenant;

import com.typesafe.config.Config;
import io.quaestor.kernel.ledger.LedgerBounds;
import java.time.Duration;

/**
 * @param waitingMax calls that may wait for one tenant; beyond it the answer is "busy"
 * @param batchMax calls that are decided and sealed together
 * @param passivateAfter idle time after which a tenant without open reservations leaves memory
 * @param askTimeout how long a caller waits for the sealed answer
 */
public record TenantSettings(
    int waitingMax,
    int batchMax,
    Duration passivateAfter,
    Duration askTimeout,
    LedgerBounds bounds) {

  public static TenantSettings from(Config quaestor) {
    Config tenant = quaestor.getConfig("tenant");
    return new TenantSettings(
        tenant.getInt("waiting-max"),
        tenant.getInt("batch-max"),
        tenant.getDuration("passivate-after"),
        tenant.getDuration("ask-timeout"),
        new LedgerBounds(
            tenant.getInt("open-reservations-max"),
            tenant.getInt("ended-reservations-kept"),
            tenant.getInt("idempotency-keys-max"),
            tenant.getDuration("idempotency-key-ttl")));
  }
}
