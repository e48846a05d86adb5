package io.quaestor.kernel.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The reservations of one ledger: all open ones, ordered by expiry, and the most recently ended.
 * Persistent: every change gives a new value that shares its structure with the old one, so a
 * snapshot costs nothing.
 */
public final class Reservations {

  /** A place in the order of expiry. */
  private record Due(Instant expiresAt, String id) {
    static final Comparator<Due> ORDER =
        Comparator.comparing(Due::expiresAt).thenComparing(Due::id);
  }

  static final Reservations EMPTY =
      new Reservations(HashTreePMap.empty(), TreePSet.empty(Due.ORDER), TreePMap.empty());

  private final PMap<String, Reservation> byId;
  private final TreePSet<Due> due;
  private final TreePMap<Long, String> endings;

  private Reservations(
      PMap<String, Reservation> byId, TreePSet<Due> due, TreePMap<Long, String> endings) {
    this.byId = byId;
    this.due = due;
    this.endings = endings;
  }

  public @Nullable Reservation find(String id) {
    return byId.get(id);
  }

  public int openCount() {
    return due.size();
  }

  /** How many reservations are kept in memory, open and ended. */
  public int size() {
    return byId.size();
  }

  /** The earliest expiry of an open reservation. */
  public @Nullable Instant nextExpiry() {
    return due.isEmpty() ? null : due.first().expiresAt();
  }

  /** The open reservation that expires first, if it does so by {@code now}. */
  public @Nullable String firstDue(Instant now) {
    return due.isEmpty() || due.first().expiresAt().isAfter(now) ? null : due.first().id();
  }

  Reservations open(String id, Reservation.Open open) {
    return new Reservations(byId.plus(id, open), due.plus(new Due(open.expiresAt(), id)), endings);
  }

  /** Ends {@code id}, open or unknown, and forgets the oldest endings beyond {@code endedMax}. */
  Reservations end(String id, Reservation.Ended ended, int endedMax) {
    Reservations before = without(id);
    PMap<String, Reservation> known = before.byId.plus(id, ended);
    TreePMap<Long, String> order = before.endings.plus(ended.version(), id);
    while (order.size() > endedMax) {
      known = known.minus(order.firstEntry().getValue());
      order = order.minusFirstEntry();
    }
    return new Reservations(known, before.due, order);
  }

  /** An expired reservation that is committed late leaves its first place among the endings. */
  private Reservations without(String id) {
    return switch (byId.get(id)) {
      case null -> this;
      case Reservation.Open open ->
          new Reservations(byId, due.minus(new Due(open.expiresAt(), id)), endings);
      case Reservation.Ended earlier ->
          new Reservations(byId, due, endings.minus(earlier.version()));
    };
  }

  /** Rebuilt from what a snapshot kept. */
  static Reservations of(Map<String, Reservation> reservations) {
    Reservations result = EMPTY;
    for (Map.Entry<String, Reservation> entry : reservations.entrySet()) {
      result =
          switch (entry.getValue()) {
            case Reservation.Open open -> result.open(entry.getKey(), open);
            case Reservation.Ended ended -> result.end(entry.getKey(), ended, Integer.MAX_VALUE);
          };
    }
    return result;
  }

  /** All reservations in memory, in no order. */
  public Map<String, Reservation> all() {
    return byId;
  }
}
