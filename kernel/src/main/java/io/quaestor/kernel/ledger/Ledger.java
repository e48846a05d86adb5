package io.quaestor.kernel.ledger;

import io.quaestor.kernel.event.Budget;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.BudgetEvent;
import io.quaestor.kernel.event.Event.TenantEvent;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.ledger.IdempotencyKeys.Used;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A ledger is the budget of one tenant with its open reservations and the calls it has answered.
 * Two pure functions change it: {@link #decide} turns a command into events, {@link #evolve} folds
 * an event into the next ledger. Same events, same ledger.
 *
 * <p>Rules (integers, microcents):
 *
 * <ul>
 *   <li>A reservation is granted only if it fits into what remains and under the cap on reserved
 *       money. It is never shrunk to fit.
 *   <li>A commit takes the true cost. Below the reservation the rest returns; above it the excess
 *       is drawn from what remains, which may fall below zero; then the tenant is blocked until a
 *       top-up. A cost that arrives after expiry is drawn from what remains alone.
 *   <li>A reservation ends once. It never expires early.
 *   <li>A call with a known idempotency key is answered by the event that answered it first, also
 *       when that was a refusal.
 * </ul>
 *
 * @param blocked what remains fell below zero and no top-up has lifted it since
 * @param version the number of events folded so far
 */
public record Ledger(
    String tenant,
    Budget budget,
    boolean blocked,
    long reservedMaxMicrocents,
    Reservations reservations,
    IdempotencyKeys keys,
    long version,
    LedgerBounds bounds) {

  /** A ledger without money, as it is before its first event. */
  public static Ledger empty(String tenant, LedgerBounds bounds) {
    return new Ledger(
        tenant,
        Budget.ZERO,
        false,
        Long.MAX_VALUE,
        Reservations.EMPTY,
        IdempotencyKeys.EMPTY,
        0,
        bounds);
  }

  /** The largest amount that could be reserved now; below zero when nothing may be. */
  public long reservableMicrocents() {
    return blocked
        ? -1
        : Math.min(
            budget.remainingMicrocents(), reservedMaxMicrocents - budget.reservedMicrocents());
  }

  // ---- decide ----------------------------------------------------------------------------------

  /** What {@code command} does to {@code ledger} at {@code now}; changes nothing. */
  public static Ruling decide(Ledger ledger, LedgerCommand command, Instant now) {
    IdempotencyKey key = command.key();
    if (key != null) {
      Ruling known = ledger.known(key, now);
      if (known != null) {
        return known;
      }
    }
    try {
      return ledger.rule(command, now);
    } catch (ArithmeticException e) {
      return new Ruling.Overflow();
    }
  }

  /** The answer that this key already has, or null when the call is new. */
  public @Nullable Ruling known(IdempotencyKey key, Instant now) {
    Used used = keys.find(key, now, bounds.keyTtl());
    if (used == null) {
      return keys.isFull(now, bounds) ? new Ruling.TooManyKeys(bounds.keysMax()) : null;
    }
    return used.key().equals(key)
        ? new Ruling.Repeated(used.version())
        : new Ruling.KeyReused(key.value());
  }

  private Ruling rule(LedgerCommand command, Instant now) {
    return switch (command) {
      case LedgerCommand.Define define -> define(define, now);
      case LedgerCommand.TopUp topUp -> topUp(topUp, now);
      case LedgerCommand.Reserve reserve -> reserve(reserve, now);
      case LedgerCommand.Refuse refuse -> refuse(refuse.key(), refuse.id(), now);
      case LedgerCommand.Commit commit -> commit(commit, now);
      case LedgerCommand.Release release -> release(release, now);
      case LedgerCommand.ExpireDue due -> new Ruling.Recorded(expireDue(now, due.max()));
    };
  }

  private Ruling define(LedgerCommand.Define define, Instant now) {
    long initial = requireNotNegative(define.initialMicrocents());
    long used = Math.addExact(budget.reservedMicrocents(), budget.committedMicrocents());
    if (initial < Math.min(used, budget.initialMicrocents())) {
      return new Ruling.BelowUse(initial, used);
    }
    return Ruling.Recorded.of(
        new Event.TenantDefined(
            tenant,
            now,
            define.key(),
            define.mode(),
            requireNotNegative(define.reservedMaxMicrocents()),
            budget.add(initial - budget.initialMicrocents())));
  }

  private Ruling topUp(LedgerCommand.TopUp topUp, Instant now) {
    long amount = requireNotNegative(topUp.amountMicrocents());
    return Ruling.Recorded.of(
        new Event.ToppedUp(tenant, now, topUp.key(), amount, budget.add(amount)));
  }

  private Ruling reserve(LedgerCommand.Reserve reserve, Instant now) {
    long amount = requireNotNegative(reserve.amountMicrocents());
    if (reservations.find(reserve.id()) != null) {
      return new Ruling.DuplicateId(reserve.id());
    }
    if (reservations.openCount() >= bounds.openMax()) {
      return new Ruling.TooManyOpen(bounds.openMax());
    }
    if (amount > reservableMicrocents()) {
      return refuse(reserve.key(), reserve.id(), now);
    }
    return Ruling.Recorded.of(
        new Event.Reserved(
            tenant,
            now,
            reserve.key(),
            reserve.id(),
            amount,
            reserve.expiresAt(),
            reserve.price(),
            budget.reserve(amount)));
  }

  private Ruling refuse(@Nullable IdempotencyKey key, String id, Instant now) {
    return Ruling.Recorded.of(new Event.Refused(tenant, now, key, id, budget));
  }

  private Ruling commit(LedgerCommand.Commit commit, Instant now) {
    return switch (known(commit.id(), commit.recalled())) {
      case null -> new Ruling.UnknownReservation(commit.id());
      case Reservation.Open open when !now.isBefore(open.expiresAt()) ->
          commitLate(
              commit,
              open.amountMicrocents(),
              open.price(),
              List.of(expiry(commit.id(), now)),
              now);
      case Reservation.Open open -> commitOpen(commit, open, now);
      case Reservation.Expired expired ->
          commitLate(commit, expired.amountMicrocents(), expired.price(), List.of(), now);
      case Reservation.Committed ended ->
          new Ruling.AlreadyCommitted(commit.id(), ended.actualMicrocents());
      case Reservation.Released released -> new Ruling.AlreadyReleased(commit.id());
    };
  }

  private Ruling commitOpen(LedgerCommand.Commit commit, Reservation.Open open, Instant now) {
    long actual = requireNotNegative(commit.cost().at(open.price()));
    return Ruling.Recorded.of(
        new Event.Committed(
            tenant,
            now,
            commit.key(),
            commit.id(),
            open.amountMicrocents(),
            actual,
            actual > open.amountMicrocents(),
            false,
            budget.release(open.amountMicrocents()).commit(actual)));
  }

  /**
   * @param expiry the expiry of the reservation, when it is due but not recorded yet
   */
  private Ruling commitLate(
      LedgerCommand.Commit commit,
      long reserved,
      Price price,
      List<BudgetEvent> expiry,
      Instant now) {
    List<BudgetEvent> events = new ArrayList<>(expiry);
    Budget after = events.isEmpty() ? budget : events.getLast().budget();
    long actual = requireNotNegative(commit.cost().at(price));
    events.add(
        new Event.Committed(
            tenant,
            now,
            commit.key(),
            commit.id(),
            reserved,
            actual,
            actual > reserved,
            true,
            after.commit(actual)));
    return new Ruling.Recorded(events);
  }

  private Ruling release(LedgerCommand.Release release, Instant now) {
    return switch (known(release.id(), release.recalled())) {
      case null -> new Ruling.UnknownReservation(release.id());
      case Reservation.Open open when !now.isBefore(open.expiresAt()) ->
          new Ruling.AlreadyExpired(release.id());
      case Reservation.Open open ->
          Ruling.Recorded.of(
              new Event.Released(
                  tenant,
                  now,
                  release.key(),
                  release.id(),
                  open.amountMicrocents(),
                  release.reason(),
                  budget.release(open.amountMicrocents())));
      case Reservation.Expired expired -> new Ruling.AlreadyExpired(release.id());
      case Reservation.Committed ended ->
          new Ruling.AlreadyCommitted(release.id(), ended.actualMicrocents());
      case Reservation.Released released -> new Ruling.AlreadyReleased(release.id());
    };
  }

  private @Nullable Reservation known(String id, @Nullable Reservation recalled) {
    Reservation remembered = reservations.find(id);
    return remembered != null ? remembered : recalled;
  }

  /** The first expiries that are due, oldest first, each with the budget after it. */
  private List<BudgetEvent> expireDue(Instant now, int max) {
    List<BudgetEvent> events = new ArrayList<>();
    Ledger left = this;
    for (String id = left.reservations.firstDue(now);
        id != null && events.size() < max;
        id = left.reservations.firstDue(now)) {
      BudgetEvent expired = left.expiry(id, now);
      events.add(expired);
      left = left.evolve(expired);
    }
    return events;
  }

  private BudgetEvent expiry(String id, Instant now) {
    long amount =
        ((Reservation.Open) Objects.requireNonNull(reservations.find(id))).amountMicrocents();
    return new Event.Expired(tenant, now, id, amount, budget.release(amount));
  }

  private static long requireNotNegative(long microcents) {
    if (microcents < 0) {
      throw new IllegalArgumentException("an amount is negative: " + microcents);
    }
    return microcents;
  }

  // ---- evolve ----------------------------------------------------------------------------------

  /**
   * The ledger after {@code event}. What the decider promised is checked again here, by other code:
   * a reservation is new, ends once, with the amount it holds and not early; nobody's money grows
   * by a negative cost; the budget is the one that the event states.
   *
   * @throws IllegalStateException when the event contradicts this ledger: the record is corrupt,
   *     and nothing may be decided on it
   */
  public Ledger evolve(TenantEvent event) {
    require(event.tenant().equals(tenant), "is of tenant %s", event.tenant());
    Ledger next = folded(event);
    IdempotencyKey key = event.key();
    return key == null
        ? next
        : next.with(next.keys.remember(new Used(key, next.version, event.at()), bounds.keyTtl()));
  }

  private Ledger folded(TenantEvent event) {
    try {
      return fold(event);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw corrupt("breaks the budget: " + e.getMessage());
    }
  }

  private Ledger fold(TenantEvent event) {
    return switch (event) {
      case Event.DecisionMade decision -> fold(decision.hold());
      case Event.OutcomeReported outcome ->
          outcome.committed() == null ? counted() : fold(outcome.committed());
      case Event.DriftNoticed unused -> counted();
      case Event.TenantDefined defined ->
          with(
                  budget.add(defined.budget().initialMicrocents() - budget.initialMicrocents()),
                  reservations)
              .settled(
                  defined.budget().initialMicrocents() - budget.initialMicrocents(),
                  defined.reservedMaxMicrocents())
              .agreeing(defined);
      case Event.ToppedUp toppedUp ->
          with(budget.add(requireNotNegative(toppedUp.amountMicrocents())), reservations)
              .settled(toppedUp.amountMicrocents(), reservedMaxMicrocents)
              .agreeing(toppedUp);
      case Event.Reserved reserved -> reserved(reserved).agreeing(reserved);
      case Event.Refused refused -> counted().agreeing(refused);
      case Event.Committed committed -> committed(committed).agreeing(committed);
      case Event.Released released -> released(released).agreeing(released);
      case Event.Expired expired -> expired(expired).agreeing(expired);
    };
  }

  private Ledger reserved(Event.Reserved reserved) {
    require(reservations.find(reserved.id()) == null, "reserves %s again", reserved.id());
    long amount = requireNotNegative(reserved.amountMicrocents());
    return with(
        budget.reserve(amount),
        reservations.open(
            reserved.id(), new Reservation.Open(amount, reserved.expiresAt(), reserved.price())));
  }

  private Ledger released(Event.Released released) {
    Reservation.Open open = held(released.id(), released.amountMicrocents());
    return with(
        budget.release(open.amountMicrocents()),
        ended(released.id(), new Reservation.Released(version + 1)));
  }

  private Ledger expired(Event.Expired expired) {
    Reservation.Open open = held(expired.id(), expired.amountMicrocents());
    require(!expired.at().isBefore(open.expiresAt()), "expires %s early", expired.id());
    return with(
        budget.release(open.amountMicrocents()),
        ended(
            expired.id(),
            new Reservation.Expired(version + 1, open.amountMicrocents(), open.price())));
  }

  private Ledger committed(Event.Committed committed) {
    Budget after = returned(committed).commit(requireNotNegative(committed.actualMicrocents()));
    Ledger next =
        with(
            after,
            ended(
                committed.id(),
                new Reservation.Committed(version + 1, committed.actualMicrocents())));
    return after.remainingMicrocents() < 0 ? next.block() : next;
  }

  /** The budget before the cost is taken: with the hold back in it, unless that expired before. */
  private Budget returned(Event.Committed committed) {
    if (!committed.late()) {
      return budget.release(
          held(committed.id(), committed.reservedMicrocents()).amountMicrocents());
    }
    Reservation known = reservations.find(committed.id());
    require(
        known == null || known instanceof Reservation.Expired,
        "commits %s late, which did not expire",
        committed.id());
    return budget;
  }

  private Reservations ended(String id, Reservation.Ended ended) {
    return reservations.end(id, ended, bounds.endedMax());
  }

  /** The open reservation that an event ends, which has to hold what the event says. */
  private Reservation.Open held(String id, long amountMicrocents) {
    if (reservations.find(id) instanceof Reservation.Open open
        && open.amountMicrocents() == amountMicrocents) {
      return open;
    }
    throw corrupt("ends %s, which does not hold %d".formatted(id, amountMicrocents));
  }

  private void require(boolean holds, String contradiction, String what) {
    if (!holds) {
      throw corrupt(contradiction.formatted(what));
    }
  }

  private IllegalStateException corrupt(String why) {
    return new IllegalStateException(
        "corrupt record: event %d of tenant %s %s".formatted(version + 1, tenant, why));
  }

  /** Checked against what the decider wrote down, so that two computations have to agree. */
  private Ledger agreeing(BudgetEvent event) {
    if (!event.budget().equals(budget)) {
      throw new IllegalStateException(
          "corrupt record: event %d of tenant %s states %s, but its ledger has %s"
              .formatted(version, tenant, event.budget(), budget));
    }
    return this;
  }

  private Ledger counted() {
    return with(budget, reservations);
  }

  /** One event further. */
  private Ledger with(Budget budget, Reservations reservations) {
    return new Ledger(
        tenant, budget, blocked, reservedMaxMicrocents, reservations, keys, version + 1, bounds);
  }

  private Ledger with(IdempotencyKeys keys) {
    return new Ledger(
        tenant, budget, blocked, reservedMaxMicrocents, reservations, keys, version, bounds);
  }

  /** Only new money lifts a block, and only when nothing is owed after it. */
  private Ledger settled(long newMicrocents, long reservedMax) {
    boolean lifted = newMicrocents > 0 && budget.remainingMicrocents() >= 0;
    return new Ledger(
        tenant, budget, blocked && !lifted, reservedMax, reservations, keys, version, bounds);
  }

  private Ledger block() {
    return new Ledger(
        tenant, budget, true, reservedMaxMicrocents, reservations, keys, version, bounds);
  }
}
