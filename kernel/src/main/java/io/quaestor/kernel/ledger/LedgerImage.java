package io.quaestor.kernel.ledger;

import io.quaestor.kernel.event.Budget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A ledger as plain data, for snapshots. Orders are not kept: they follow from expiries and
 * versions.
 */
public record LedgerImage(
    String tenant,
    Budget budget,
    boolean blocked,
    long reservedMaxMicrocents,
    Map<String, Reservation.Open> open,
    Map<String, Reservation.Committed> committed,
    Map<String, Reservation.Released> released,
    Map<String, Reservation.Expired> expired,
    List<IdempotencyKeys.Used> keys,
    long version) {

  public static LedgerImage of(Ledger ledger) {
    LedgerImage image =
        new LedgerImage(
            ledger.tenant(),
            ledger.budget(),
            ledger.blocked(),
            ledger.reservedMaxMicrocents(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            List.copyOf(ledger.keys().all()),
            ledger.version());
    ledger.reservations().all().forEach(image::put);
    return image;
  }

  private void put(String id, Reservation reservation) {
    switch (reservation) {
      case Reservation.Open still -> open.put(id, still);
      case Reservation.Committed ended -> committed.put(id, ended);
      case Reservation.Released ended -> released.put(id, ended);
      case Reservation.Expired ended -> expired.put(id, ended);
    }
  }

  public Ledger restore(LedgerBounds bounds) {
    Map<String, Reservation> all = new HashMap<>();
    all.putAll(open);
    all.putAll(committed);
    all.putAll(released);
    all.putAll(expired);
    return new Ledger(
        tenant,
        budget,
        blocked,
        reservedMaxMicrocents,
        Reservations.of(all),
        IdempotencyKeys.of(keys),
        version,
        bounds);
  }
}
