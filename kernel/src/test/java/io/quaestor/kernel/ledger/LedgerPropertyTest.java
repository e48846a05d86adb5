package io.quaestor.kernel.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.Seeds;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.BudgetEvent;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Mode;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.event.Usage;
import io.quaestor.kernel.ledger.LedgerCommand.Cost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/**
 * A million random operations against {@link NaiveLedger}: every answer and the whole state are
 * compared after each one. Calls are repeated, delayed and reordered, the clock steps, memory is so
 * small that everything is forgotten early, and the ledger is lost again and again and rebuilt from
 * its events or from a snapshot.
 */
class LedgerPropertyTest {

  private static final int SEEDS = 100;
  private static final int LIVES = 20;
  private static final int STEPS = 600;

  private static final Map<String, Long> SEEN = new TreeMap<>();
  private static long operations;

  @Seeds(SEEDS)
  void theLedgerAndANaiveModelNeverDisagree(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int life = 0; life < LIVES; life++) {
      Life current = new Life(random.split());
      for (int i = 0; i < STEPS; i++) {
        try {
          current.step();
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError(
              "-D%s=%d, life %d, operation %d: %s"
                  .formatted(Seeds.PROPERTY, seed, life, i, current.last),
              e);
        }
      }
    }
  }

  @AfterAll
  static void everythingHappenedOftenEnough() {
    if (Seeds.Source.single() != null) {
      return;
    }
    System.out.println("ledger against model: " + operations + " operations, " + SEEN);
    assertThat(operations).isGreaterThanOrEqualTo(1_000_000);
    assertThat(SEEN.keySet())
        .contains(
            "TenantDefined",
            "ToppedUp",
            "Reserved",
            "Refused",
            "Committed",
            "Committed overrun",
            "Committed late",
            "Released",
            "Expired",
            "Expired before a late commit",
            "Repeated",
            "KeyReused",
            "TooManyKeys",
            "TooManyOpen",
            "DuplicateId",
            "UnknownReservation",
            "AlreadyCommitted",
            "AlreadyReleased",
            "AlreadyExpired",
            "BelowUse",
            "Overflow",
            "blocked",
            "unblocked",
            "recalled",
            "rebuilt from events",
            "rebuilt from a snapshot");
    assertThat(SEEN.values()).allMatch(count -> count >= 500);
  }

  private static void seen(String what) {
    SEEN.merge(what, 1L, Long::sum);
  }

  /** One ledger from its first event on, with all that is around it. */
  private static final class Life {

    private static final String TENANT = "team-a";

    private final SplittableRandom random;
    private final LedgerBounds bounds;
    private final NaiveLedger model;
    private final boolean rich;
    private final List<BudgetEvent> chain = new ArrayList<>();
    private final Map<String, Reservation> endings = new HashMap<>();
    private final HashSet<String> open = new HashSet<>();
    private final List<String> ids = new ArrayList<>(List.of("never"));
    private final List<LedgerCommand> calls = new ArrayList<>();
    private final List<LedgerCommand> delayed = new ArrayList<>();
    private Ledger ledger;
    private Instant now = Instant.parse("2026-11-23T08:00:00Z");
    private Object last = "";

    Life(SplittableRandom random) {
      this.random = random;
      bounds =
          new LedgerBounds(
              random.nextInt(1, 12),
              random.nextInt(0, 8),
              random.nextInt(1, 24),
              Duration.ofSeconds(random.nextInt(1, 60)));
      model = new NaiveLedger(TENANT, bounds);
      ledger = Ledger.empty(TENANT, bounds);
      rich = chance(10);
    }

    void step() {
      tick();
      if (chance(1)) {
        crash();
      }
      LedgerCommand call = next();
      if (chance(10)) {
        delayed.add(call);
        return;
      }
      submit(call);
    }

    // ---- one step of both ----------------------------------------------------------------------

    private void submit(LedgerCommand call) {
      operations++;
      LedgerCommand command = recalling(call);
      last = command + " at " + now;
      calls.add(call);
      Ledger before = ledger;

      Ruling expected = model.submit(command, now);
      Ruling actual = Ledger.decide(ledger, command, now);
      same("ruling", actual, expected);

      switch (actual) {
        case Ruling.Recorded recorded -> record(recorded.events());
        case Ruling.Repeated repeated -> {
          seen("Repeated");
          IdempotencyKey answered = chain.get((int) repeated.version() - 1).key();
          same("repeated call", answered, command.key());
        }
        case Ruling.Refusal refusal -> seen(refusal.getClass().getSimpleName());
      }
      compareAll();
      compareWithBefore(before);
    }

    private void record(List<BudgetEvent> events) {
      for (BudgetEvent event : events) {
        ledger = ledger.evolve(event);
        same("budget stated", event.budget(), ledger.budget());
        chain.add(event);
        settle(event);
        seen(event.getClass().getSimpleName());
      }
      if (events.size() > 1 && events.getLast() instanceof Event.Committed) {
        seen("Expired before a late commit");
      }
    }

    /** A reservation is made once and returns its hold once; a late cost follows an expiry. */
    private void settle(BudgetEvent event) {
      switch (event) {
        case Event.Reserved it -> {
          same("new id", open.add(it.id()) && !endings.containsKey(it.id()), true);
        }
        case Event.Released it -> {
          same("open", open.remove(it.id()), true);
          endings.put(it.id(), new Reservation.Released(0));
        }
        case Event.Expired it -> {
          same("open", open.remove(it.id()), true);
          Event.Reserved made = reserved(it.id());
          same("not early", now.isBefore(made.expiresAt()), false);
          endings.put(it.id(), new Reservation.Expired(0, made.amountMicrocents(), made.price()));
        }
        case Event.Committed it when it.late() -> {
          seen("Committed late");
          same("expired", endings.get(it.id()) instanceof Reservation.Expired, true);
          endings.put(it.id(), new Reservation.Committed(0, it.actualMicrocents()));
        }
        case Event.Committed it -> {
          same("open", open.remove(it.id()), true);
          endings.put(it.id(), new Reservation.Committed(0, it.actualMicrocents()));
          if (it.overrun()) {
            seen("Committed overrun");
          }
        }
        case Event.TenantDefined it -> {}
        case Event.ToppedUp it -> {}
        case Event.Refused it -> {}
      }
    }

    private Event.Reserved reserved(String id) {
      for (int i = chain.size() - 1; i >= 0; i--) {
        if (chain.get(i) instanceof Event.Reserved made && made.id().equals(id)) {
          return made;
        }
      }
      throw new AssertionError("never reserved: " + id);
    }

    private void compareAll() {
      same("budget", ledger.budget(), model.budget());
      same("blocked", ledger.blocked(), model.blocked());
      same("cap", ledger.reservedMaxMicrocents(), model.cap());
      same("version", ledger.version(), model.version());
      same("version and chain", ledger.version(), (long) chain.size());
      same("reservations", ledger.reservations().all(), model.reservations());
      same("size", ledger.reservations().size(), model.reservations().size());
      same("open", ledger.reservations().openCount(), model.open());
      same("next expiry", ledger.reservations().nextExpiry(), model.nextExpiry());
      same("keys", new HashSet<>(ledger.keys().all()), model.keys());
      same("number of keys", ledger.keys().size(), model.keys().size());
      same("keys within bounds", ledger.keys().size() <= bounds.keysMax(), true);
      same("sum of holds", sumOfHolds(), ledger.budget().reservedMicrocents());
      same("debt blocks", ledger.budget().remainingMicrocents() >= 0 || ledger.blocked(), true);
    }

    private long sumOfHolds() {
      long sum = 0;
      for (Reservation reservation : ledger.reservations().all().values()) {
        if (reservation instanceof Reservation.Open it) {
          sum = Math.addExact(sum, it.amountMicrocents());
        }
      }
      return sum;
    }

    private void compareWithBefore(Ledger before) {
      same(
          "committed never falls",
          ledger.budget().committedMicrocents() >= before.budget().committedMicrocents(),
          true);
      if (ledger.blocked() != before.blocked()) {
        seen(ledger.blocked() ? "blocked" : "unblocked");
      }
    }

    private static void same(String what, @Nullable Object actual, @Nullable Object expected) {
      if (!Objects.equals(actual, expected)) {
        throw new AssertionError(
            "%s differs%n  ledger: %s%n  model:  %s".formatted(what, actual, expected));
      }
    }

    // ---- crash ---------------------------------------------------------------------------------

    private void crash() {
      last = "crash";
      if (random.nextBoolean()) {
        seen("rebuilt from events");
        ledger = Ledger.empty(TENANT, bounds);
        for (BudgetEvent event : chain) {
          ledger = ledger.evolve(event);
        }
      } else {
        seen("rebuilt from a snapshot");
        ledger =
            new Ledger(
                TENANT,
                ledger.budget(),
                ledger.blocked(),
                ledger.reservedMaxMicrocents(),
                Reservations.of(new HashMap<>(ledger.reservations().all())),
                IdempotencyKeys.of(new HashSet<>(ledger.keys().all())),
                ledger.version(),
                bounds);
      }
      compareAll();
    }

    // ---- chance --------------------------------------------------------------------------------

    private boolean chance(int percent) {
      return random.nextInt(100) < percent;
    }

    /** Forward mostly; exactly to an expiry or a microsecond before; far; and sometimes back. */
    private void tick() {
      Instant expiry = ledger.reservations().nextExpiry();
      int kind = random.nextInt(100);
      if (kind < 5 && expiry != null) {
        now = expiry;
      } else if (kind < 10 && expiry != null) {
        now = expiry.minusNanos(1_000);
      } else if (kind < 11) {
        now = now.plus(bounds.keyTtl());
      } else if (kind < 14) {
        now = now.minusSeconds(random.nextInt(20));
      } else if (kind < 60) {
        now = now.plusNanos(1_000L * random.nextInt(3_000_000));
      }
    }

    private LedgerCommand next() {
      int kind = random.nextInt(100);
      if (kind < 15 && !calls.isEmpty()) {
        return retried(recent(calls));
      }
      if (kind < 22 && !delayed.isEmpty()) {
        return retried(delayed.remove(random.nextInt(delayed.size())));
      }
      return fresh();
    }

    private LedgerCommand fresh() {
      int kind = random.nextInt(100);
      if (kind < 40) {
        return new LedgerCommand.Reserve(
            key(), newId(), amount(), now.plusSeconds(random.nextInt(1, 30)), price());
      }
      if (kind < 62) {
        return new LedgerCommand.Commit(key(), target(), cost(), null);
      }
      if (kind < 76) {
        return new LedgerCommand.Release(key(), target(), "cancelled", null);
      }
      if (kind < 84) {
        return new LedgerCommand.ExpireDue(1 + random.nextInt(8));
      }
      if (kind < 91) {
        return new LedgerCommand.TopUp(key(), amount());
      }
      if (kind < 97) {
        long cap = chance(60) ? Long.MAX_VALUE : 2 * amount();
        return new LedgerCommand.Define(key(), Mode.ENFORCE, 3 * amount(), Math.max(0, cap));
      }
      return new LedgerCommand.Refuse(key(), newId());
    }

    /** The same call again; a route gets a new id from the edge, or comes with the old one. */
    private LedgerCommand retried(LedgerCommand call) {
      if (call instanceof LedgerCommand.Reserve it) {
        boolean forgotten = endings.containsKey(it.id()) && !model.knows(it.id());
        String id = forgotten || chance(50) ? newId() : it.id();
        IdempotencyKey key = it.key();
        if (key != null && chance(10)) {
          key = new IdempotencyKey(key.value(), "another digest");
        }
        return new LedgerCommand.Reserve(
            key, id, it.amountMicrocents(), it.expiresAt(), it.price());
      }
      return call;
    }

    /** What the chain knows is always at hand for what is forgotten, and at times for the rest. */
    private LedgerCommand recalling(LedgerCommand call) {
      return switch (call) {
        case LedgerCommand.Commit it ->
            new LedgerCommand.Commit(it.key(), it.id(), it.cost(), recall(it.id()));
        case LedgerCommand.Release it ->
            new LedgerCommand.Release(it.key(), it.id(), it.reason(), recall(it.id()));
        default -> call;
      };
    }

    private @Nullable Reservation recall(String id) {
      Reservation ending = endings.get(id);
      if (ending == null || chance(model.knows(id) ? 70 : 10)) {
        return null;
      }
      seen("recalled");
      return ending;
    }

    private <T> T recent(List<T> all) {
      int back = chance(90) ? Math.min(12, all.size()) : all.size();
      return all.get(all.size() - 1 - random.nextInt(back));
    }

    private String target() {
      return open.isEmpty() || chance(40)
          ? recent(ids)
          : new ArrayList<>(open).get(random.nextInt(open.size()));
    }

    private String newId() {
      String id = "r" + ids.size();
      ids.add(id);
      return id;
    }

    private @Nullable IdempotencyKey key() {
      return chance(40)
          ? null
          : new IdempotencyKey("k" + random.nextInt(40), "digest " + random.nextInt(4));
    }

    private long amount() {
      if (rich && chance(30)) {
        return Long.MAX_VALUE / 3 - random.nextInt(100);
      }
      return random.nextInt(5) == 0 ? 0 : random.nextInt(100);
    }

    private Price price() {
      return rich && chance(10)
          ? new Price(Long.MAX_VALUE, random.nextInt(1_000_000))
          : new Price(random.nextInt(2_000_000), random.nextInt(4_000_000));
    }

    private Cost cost() {
      return chance(50)
          ? new Cost.Stated(amount())
          : new Cost.Used(new Usage(random.nextInt(40), random.nextInt(40)));
    }
  }
}
