package io.quaestor.kernel.ledger;

import io.quaestor.kernel.event.Budget;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.BudgetEvent;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.event.Usage;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the ledger once more, written from their description to be compared with: mutable
 * maps, unbounded integers, every sum counted anew. Slow and plain on purpose; it shares nothing
 * with {@link Ledger} but the words in which commands and answers are put.
 */
final class NaiveLedger {

  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  private record Hold(BigInteger amount, Instant expiresAt, Price price) {}

  /** How a reservation ended: {@code amount} is the cost of a commit, the hold of an expiry. */
  private record End(String how, long version, BigInteger amount, @Nullable Price price) {}

  private record Use(String sha256, long version, Instant at) {}

  private final String tenant;
  private final LedgerBounds bounds;
  private final Map<String, Hold> holds = new HashMap<>();
  private final Map<String, End> ends = new HashMap<>();
  private final Map<String, Use> keys = new HashMap<>();
  private BigInteger initial = BigInteger.ZERO;
  private BigInteger committed = BigInteger.ZERO;
  private BigInteger cap = MAX;
  private boolean blocked;
  private long version;

  NaiveLedger(String tenant, LedgerBounds bounds) {
    this.tenant = tenant;
    this.bounds = bounds;
  }

  // ---- what can be seen ------------------------------------------------------------------------

  Budget budget() {
    return new Budget(
        initial.longValueExact(),
        remaining().longValueExact(),
        reserved().longValueExact(),
        committed.longValueExact());
  }

  boolean blocked() {
    return blocked;
  }

  long cap() {
    return cap.longValueExact();
  }

  long version() {
    return version;
  }

  int open() {
    return holds.size();
  }

  boolean knows(String id) {
    return holds.containsKey(id) || ends.containsKey(id);
  }

  @Nullable Instant nextExpiry() {
    return holds.values().stream().map(Hold::expiresAt).min(Comparator.naturalOrder()).orElse(null);
  }

  Map<String, Reservation> reservations() {
    Map<String, Reservation> all = new HashMap<>();
    holds.forEach(
        (id, hold) ->
            all.put(
                id,
                new Reservation.Open(
                    hold.amount().longValueExact(), hold.expiresAt(), hold.price())));
    ends.forEach((id, end) -> all.put(id, seen(end)));
    return all;
  }

  private static Reservation seen(End end) {
    long amount = end.amount().longValueExact();
    Price price = end.price();
    if (price != null) {
      return new Reservation.Expired(end.version(), amount, price);
    }
    return end.how().equals("committed")
        ? new Reservation.Committed(end.version(), amount)
        : new Reservation.Released(end.version());
  }

  Set<IdempotencyKeys.Used> keys() {
    Set<IdempotencyKeys.Used> all = new HashSet<>();
    keys.forEach(
        (value, use) ->
            all.add(
                new IdempotencyKeys.Used(
                    new IdempotencyKey(value, use.sha256()), use.version(), use.at())));
    return all;
  }

  // ---- sums ------------------------------------------------------------------------------------

  private BigInteger reserved() {
    BigInteger sum = BigInteger.ZERO;
    for (Hold hold : holds.values()) {
      sum = sum.add(hold.amount());
    }
    return sum;
  }

  private BigInteger remaining() {
    return initial.subtract(reserved()).subtract(committed);
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static boolean fits(BigInteger value) {
    return value.compareTo(MAX) <= 0 && value.compareTo(MIN) >= 0;
  }

  private static BigInteger cost(LedgerCommand.Cost cost, Price price) {
    return switch (cost) {
      case LedgerCommand.Cost.Stated stated -> big(stated.actualMicrocents());
      case LedgerCommand.Cost.Used used -> {
        Usage usage = used.usage();
        yield perMillion(usage.inputTokens(), price.inputMicrocentsPerMillion())
            .add(perMillion(usage.outputTokens(), price.outputMicrocentsPerMillion()));
      }
    };
  }

  private static BigInteger perMillion(long tokens, long price) {
    BigInteger[] parts = big(tokens).multiply(big(price)).divideAndRemainder(MILLION);
    return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
  }

  // ---- commands --------------------------------------------------------------------------------

  /** What has to be answered to {@code command}; when it is recorded, it has happened here too. */
  Ruling submit(LedgerCommand command, Instant now) {
    IdempotencyKey key = command.key();
    if (key != null) {
      Use use = keys.get(key.value());
      if (use != null && now.isBefore(use.at().plus(bounds.keyTtl()))) {
        return use.sha256().equals(key.requestSha256())
            ? new Ruling.Repeated(use.version())
            : new Ruling.KeyReused(key.value());
      }
      if (keys.size() >= bounds.keysMax() && !forgettable(oldestKey(), now)) {
        return new Ruling.TooManyKeys(bounds.keysMax());
      }
    }
    return switch (command) {
      case LedgerCommand.Define define -> define(define, now);
      case LedgerCommand.TopUp topUp -> topUp(topUp, now);
      case LedgerCommand.Reserve reserve -> reserve(reserve, now);
      case LedgerCommand.Refuse refuse -> refused(refuse.key(), refuse.id(), now);
      case LedgerCommand.Commit commit -> commit(commit, now);
      case LedgerCommand.Release release -> release(release, now);
      case LedgerCommand.ExpireDue due -> new Ruling.Recorded(expireDue(now, due.max()));
    };
  }

  private Ruling define(LedgerCommand.Define define, Instant now) {
    BigInteger wanted = big(define.initialMicrocents());
    BigInteger used = reserved().add(committed);
    if (!fits(used)) {
      return new Ruling.Overflow();
    }
    if (wanted.compareTo(initial) < 0 && wanted.compareTo(used) < 0) {
      return new Ruling.BelowUse(define.initialMicrocents(), used.longValueExact());
    }
    boolean more = wanted.compareTo(initial) > 0;
    initial = wanted;
    cap = big(define.reservedMaxMicrocents());
    unblock(more);
    count(define.key(), now);
    return recorded(
        new Event.TenantDefined(
            tenant, now, define.key(), define.mode(), define.reservedMaxMicrocents(), budget()));
  }

  private Ruling topUp(LedgerCommand.TopUp topUp, Instant now) {
    if (!fits(initial.add(big(topUp.amountMicrocents())))) {
      return new Ruling.Overflow();
    }
    initial = initial.add(big(topUp.amountMicrocents()));
    unblock(topUp.amountMicrocents() > 0);
    count(topUp.key(), now);
    return recorded(
        new Event.ToppedUp(tenant, now, topUp.key(), topUp.amountMicrocents(), budget()));
  }

  private void unblock(boolean newMoney) {
    if (newMoney && remaining().signum() >= 0) {
      blocked = false;
    }
  }

  private Ruling reserve(LedgerCommand.Reserve reserve, Instant now) {
    if (knows(reserve.id())) {
      return new Ruling.DuplicateId(reserve.id());
    }
    if (holds.size() == bounds.openMax()) {
      return new Ruling.TooManyOpen(bounds.openMax());
    }
    BigInteger amount = big(reserve.amountMicrocents());
    boolean affordable = !blocked && amount.compareTo(remaining()) <= 0;
    boolean underCap = reserved().add(amount).compareTo(cap) <= 0;
    if (!affordable || !underCap) {
      return refused(reserve.key(), reserve.id(), now);
    }
    holds.put(reserve.id(), new Hold(amount, reserve.expiresAt(), reserve.price()));
    count(reserve.key(), now);
    return recorded(
        new Event.Reserved(
            tenant,
            now,
            reserve.key(),
            reserve.id(),
            reserve.amountMicrocents(),
            reserve.expiresAt(),
            reserve.price(),
            budget()));
  }

  private Ruling refused(@Nullable IdempotencyKey key, String id, Instant now) {
    count(key, now);
    return recorded(new Event.Refused(tenant, now, key, id, budget()));
  }

  private Ruling commit(LedgerCommand.Commit commit, Instant now) {
    String id = commit.id();
    Hold hold = holds.get(id);
    if (hold == null) {
      End end = ends.containsKey(id) ? ends.get(id) : recalled(commit.recalled());
      Ruling ended = ended(id, end);
      return end != null && end.price() != null
          ? take(commit, end.amount(), end.price(), true, now)
          : ended;
    }
    boolean late = now.compareTo(hold.expiresAt()) >= 0;
    return take(commit, hold.amount(), hold.price(), late, now);
  }

  private Ruling take(
      LedgerCommand.Commit commit, BigInteger held, Price price, boolean late, Instant now) {
    BigInteger actual = cost(commit.cost(), price);
    BigInteger stillHeld = BigInteger.ZERO;
    for (Map.Entry<String, Hold> entry : holds.entrySet()) {
      boolean returned = entry.getKey().equals(commit.id());
      stillHeld = returned ? stillHeld : stillHeld.add(entry.getValue().amount());
    }
    BigInteger spent = committed.add(actual);
    if (!fits(actual) || !fits(spent) || !fits(initial.subtract(stillHeld).subtract(spent))) {
      return new Ruling.Overflow();
    }
    List<BudgetEvent> events =
        late && holds.containsKey(commit.id())
            ? expire(List.of(commit.id()), now)
            : new ArrayList<>();
    holds.remove(commit.id());
    committed = spent;
    blocked |= remaining().signum() < 0;
    count(commit.key(), now);
    end(commit.id(), new End("committed", version, actual, null));
    events.add(
        new Event.Committed(
            tenant,
            now,
            commit.key(),
            commit.id(),
            held.longValueExact(),
            actual.longValueExact(),
            actual.compareTo(held) > 0,
            late,
            budget()));
    return new Ruling.Recorded(events);
  }

  private Ruling release(LedgerCommand.Release release, Instant now) {
    String id = release.id();
    Hold hold = holds.get(id);
    if (hold == null) {
      return ended(id, ends.containsKey(id) ? ends.get(id) : recalled(release.recalled()));
    }
    if (!now.isBefore(hold.expiresAt())) {
      return new Ruling.AlreadyExpired(id);
    }
    holds.remove(id);
    count(release.key(), now);
    end(id, new End("released", version, BigInteger.ZERO, null));
    return recorded(
        new Event.Released(
            tenant,
            now,
            release.key(),
            id,
            hold.amount().longValueExact(),
            release.reason(),
            budget()));
  }

  private static Ruling ended(String id, @Nullable End end) {
    return switch (end == null ? "unknown" : end.how()) {
      case "committed" -> new Ruling.AlreadyCommitted(id, amount(end));
      case "released" -> new Ruling.AlreadyReleased(id);
      case "expired" -> new Ruling.AlreadyExpired(id);
      default -> new Ruling.UnknownReservation(id);
    };
  }

  private static long amount(@Nullable End end) {
    return end == null ? 0 : end.amount().longValueExact();
  }

  private static @Nullable End recalled(@Nullable Reservation reservation) {
    return switch (reservation) {
      case Reservation.Committed it -> new End("committed", 0, big(it.actualMicrocents()), null);
      case Reservation.Released it -> new End("released", 0, BigInteger.ZERO, null);
      case Reservation.Expired it -> new End("expired", 0, big(it.amountMicrocents()), it.price());
      case Reservation.Open it -> throw new AssertionError("recalled as open: " + it);
      case null -> null;
    };
  }

  private List<BudgetEvent> expireDue(Instant now, int max) {
    List<String> due = new ArrayList<>();
    holds.forEach(
        (id, hold) -> {
          if (hold.expiresAt().compareTo(now) <= 0) {
            due.add(id);
          }
        });
    due.sort(
        (a, b) -> {
          int byTime = expiryOf(a).compareTo(expiryOf(b));
          return byTime == 0 ? a.compareTo(b) : byTime;
        });
    return expire(due.subList(0, Math.min(max, due.size())), now);
  }

  private List<BudgetEvent> expire(List<String> ids, Instant now) {
    List<BudgetEvent> events = new ArrayList<>();
    for (String id : ids) {
      Hold hold = holds.get(id);
      if (hold != null) {
        holds.remove(id);
        count(null, now);
        end(id, new End("expired", version, hold.amount(), hold.price()));
        events.add(new Event.Expired(tenant, now, id, hold.amount().longValueExact(), budget()));
      }
    }
    return events;
  }

  private Instant expiryOf(String id) {
    Hold hold = holds.get(id);
    return hold == null ? Instant.MIN : hold.expiresAt();
  }

  // ---- memory ----------------------------------------------------------------------------------

  private static Ruling recorded(BudgetEvent event) {
    return new Ruling.Recorded(List.of(event));
  }

  private void end(String id, End end) {
    ends.put(id, end);
    while (ends.size() > bounds.endedMax()) {
      ends.remove(
          ends.entrySet().stream()
              .min(Comparator.comparing(entry -> entry.getValue().version()))
              .orElseThrow()
              .getKey());
    }
  }

  /** One event more; its key is remembered, and those whose time is up make room. */
  private void count(@Nullable IdempotencyKey key, Instant now) {
    version++;
    if (key != null) {
      keys.remove(key.value());
      while (!keys.isEmpty() && forgettable(oldestKey(), now)) {
        keys.remove(oldestKey());
      }
      keys.put(key.value(), new Use(key.requestSha256(), version, now));
    }
  }

  private String oldestKey() {
    return keys.entrySet().stream()
        .min(Comparator.comparing(entry -> entry.getValue().version()))
        .orElseThrow()
        .getKey();
  }

  private boolean forgettable(String value, Instant now) {
    Use use = keys.get(value);
    return use == null || !now.isBefore(use.at().plus(bounds.keyTtl()));
  }
}
