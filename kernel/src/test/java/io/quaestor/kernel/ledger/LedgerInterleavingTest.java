package io.quaestor.kernel.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.event.Budget;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.BudgetEvent;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Mode;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.ledger.LedgerCommand.Cost;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Three clients and a clock race on one budget, in every order there is. The ledger is immutable,
 * so a branch of the tree of orders costs nothing but its own step. After each step the ledger is
 * held against books kept by other means.
 */
class LedgerInterleavingTest {

  private static final String TENANT = "team-a";
  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  private static final Duration TTL = Duration.ofMinutes(5);

  private final Set<String> seen = new TreeSet<>();
  private long orders;
  private long steps;

  // ---- scripts ---------------------------------------------------------------------------------

  private sealed interface Step {
    record Reserve(String id, long amount, @Nullable String key) implements Step {}

    record Commit(String id, long actual) implements Step {}

    record Release(String id) implements Step {}

    record TopUp(long amount) implements Step {}

    /** Time passes until all that is held now is due, yet no expiry is recorded. */
    record Pass() implements Step {}

    /** The clock's message arrives. */
    record Expire() implements Step {}
  }

  private static Step reserve(String id, long amount) {
    return new Step.Reserve(id, amount, null);
  }

  private static Step retry(String id, long amount, String key) {
    return new Step.Reserve(id, amount, key);
  }

  private static Step commit(String id, long actual) {
    return new Step.Commit(id, actual);
  }

  private static Step release(String id) {
    return new Step.Release(id);
  }

  private static final Step PASS = new Step.Pass();
  private static final Step EXPIRE = new Step.Expire();
  private static final List<Step> CLOCK = List.of(PASS, EXPIRE);

  // ---- the races -------------------------------------------------------------------------------

  @Test
  void holdsWhenEachSettlesItsOwn() {
    race(
        "own",
        List.of(
            List.of(reserve("a", 40), commit("a", 25), reserve("a2", 30)),
            List.of(reserve("b", 40), commit("b", 55), reserve("b2", 5)),
            List.of(reserve("c", 40), release("c"), reserve("c2", 40)),
            CLOCK),
        List.of(0L, 39L, 40L, 80L, 119L, 120L, 1_000L));
  }

  @Test
  void holdsWhenAllSettleTheSame() {
    race(
        "same",
        List.of(
            List.of(reserve("a", 10), commit("a", 7), commit("a", 13)),
            List.of(commit("a", 12), release("a"), reserve("b", 9)),
            List.of(release("a"), commit("a", 10), release("b")),
            CLOCK),
        List.of(9L, 10L, 12L, 19L, 100L));
  }

  @Test
  void holdsWhenCostsRunOverAndDebtsArePaid() {
    race(
        "debts",
        List.of(
            List.of(reserve("a", 10), commit("a", 25), reserve("a2", 5)),
            List.of(reserve("b", 10), commit("b", 11), new Step.TopUp(6)),
            List.of(reserve("c", 0), commit("c", 1), new Step.TopUp(20)),
            CLOCK),
        List.of(0L, 10L, 20L, 25L));
  }

  @Test
  void holdsWhenRetriesRaceWithTheirFirstCall() {
    race(
        "retries",
        List.of(
            List.of(retry("a", 10, "k"), commit("a", 8), retry("a2", 10, "k")),
            List.of(retry("b", 10, "k"), release("a"), commit("b", 10)),
            List.of(reserve("c", 6), retry("c2", 10, "k"), commit("c", 6)),
            CLOCK),
        List.of(5L, 10L, 15L, 16L, 100L));
  }

  @Test
  void holdsForEveryTripleOfTwoStepScripts() {
    List<Step> alphabet =
        List.of(
            reserve("r", 6), reserve("s", 5), commit("r", 4), commit("r", 9), release("r"), PASS);
    List<List<Step>> scripts = new ArrayList<>();
    for (Step first : alphabet) {
      for (Step second : alphabet) {
        scripts.add(List.of(first, second));
      }
    }
    long started = System.nanoTime();
    long races = 0;
    for (int a = 0; a < scripts.size(); a++) {
      for (int b = a; b < scripts.size(); b++) {
        for (int c = b; c < scripts.size(); c++) {
          explore(World.open(10), List.of(scripts.get(a), scripts.get(b), scripts.get(c)));
          races++;
        }
      }
    }

    assertThat(races).isEqualTo(38 * 37 * 36 / 6);
    assertThat(orders).isEqualTo(races * 90);
    report("every triple", races + " races", started);
  }

  private void race(String name, List<List<Step>> scripts, List<Long> budgets) {
    long started = System.nanoTime();
    for (long budget : budgets) {
      explore(World.open(budget), scripts);
    }

    assertThat(multinomial(scripts)).isEqualTo(92_400); // 11! / (3! 3! 3! 2!)
    assertThat(orders).isEqualTo(multinomial(scripts) * budgets.size());
    assertThat(seen).contains("Reserved", "Refused", "Committed", "Expired", "late");
    report(name, budgets.size() + " budgets", started);
  }

  private void report(String name, String of, long started) {
    System.out.printf(
        "interleavings, %s: %d orders of %s, %d steps, %d ms, %s%n",
        name, orders, of, steps, (System.nanoTime() - started) / 1_000_000, seen);
  }

  /** How many orders keep each script in its own order. */
  private static long multinomial(List<List<Step>> scripts) {
    BigInteger all = factorial(scripts.stream().mapToInt(List::size).sum());
    for (List<Step> script : scripts) {
      all = all.divide(factorial(script.size()));
    }
    return all.longValueExact();
  }

  private static BigInteger factorial(int n) {
    BigInteger product = BigInteger.ONE;
    for (int i = 2; i <= n; i++) {
      product = product.multiply(BigInteger.valueOf(i));
    }
    return product;
  }

  // ---- all orders ------------------------------------------------------------------------------

  private void explore(World world, List<List<Step>> scripts) {
    explore(world, scripts, new int[scripts.size()]);
  }

  private void explore(World world, List<List<Step>> scripts, int[] done) {
    boolean last = true;
    for (int client = 0; client < done.length; client++) {
      if (done[client] < scripts.get(client).size()) {
        last = false;
        World next = after(world, scripts.get(client).get(done[client]), scripts, done);
        done[client]++;
        explore(next, scripts, done);
        done[client]--;
      }
    }
    if (last) {
      orders++;
      settledInTheEnd(world);
    }
  }

  private World after(World world, Step step, List<List<Step>> scripts, int[] done) {
    try {
      steps++;
      return world.after(step, seen);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "%s after %s steps of %s, %s".formatted(step, Arrays.toString(done), scripts, world), e);
    }
  }

  /** When all time is up nothing is held, and every microcent is either spent or free. */
  private void settledInTheEnd(World world) {
    World end = world.after(PASS, seen).after(EXPIRE, seen);
    check(end.books.open.isEmpty(), "no hold is left in the end");
    check(end.ledger.reservations().openCount() == 0, "no reservation is open in the end");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("violated: " + what);
    }
  }

  // ---- the world and its books -----------------------------------------------------------------

  /** The state of one branch: the ledger, the time, and what should be so. */
  private record World(Ledger ledger, Instant now, Books books) {

    static World open(long budget) {
      Ledger ledger = Ledger.empty(TENANT, LedgerBounds.DEFAULT);
      LedgerCommand define = new LedgerCommand.Define(null, Mode.ENFORCE, budget, Long.MAX_VALUE);
      Ruling ruling = Ledger.decide(ledger, define, START);
      return new World(
          ledger.evolve(((Ruling.Recorded) ruling).events().getFirst()), START, new Books(budget));
    }

    World after(Step step, Set<String> seen) {
      if (step instanceof Step.Pass) {
        return new World(ledger, now.plus(TTL), books);
      }
      Ruling ruling = Ledger.decide(ledger, command(step), now);
      seen.add(ruling.getClass().getSimpleName());
      Books kept = new Books(books);
      Ledger next = ledger;
      switch (ruling) {
        case Ruling.Recorded recorded -> {
          for (BudgetEvent event : recorded.events()) {
            kept.keep(event, step, now, seen);
            next = next.evolve(event);
            kept.agreeWith(next);
          }
        }
        case Ruling.Repeated repeated -> check(kept.keyUsed, "only a used key is repeated");
        case Ruling.AlreadyCommitted it ->
            check(("committed " + it.actualMicrocents()).equals(books.ended.get(it.id())), "how");
        case Ruling.AlreadyReleased it ->
            check("released".equals(books.ended.get(it.id())), "it was released");
        case Ruling.AlreadyExpired it -> check(expired(it.id()), "it expired");
        case Ruling.UnknownReservation it -> check(!books.knows(it.id()), "it is not known");
        case Ruling.DuplicateId it -> check(books.knows(it.id()), "it is known");
        default -> throw new AssertionError("not expected here: " + ruling);
      }
      kept.agreeWith(next);
      return new World(next, now, kept);
    }

    private boolean expired(String id) {
      Hold hold = books.open.get(id);
      return "expired".equals(books.ended.get(id))
          || (hold != null && !now.isBefore(hold.expiresAt()));
    }

    private LedgerCommand command(Step step) {
      return switch (step) {
        case Step.Reserve it ->
            new LedgerCommand.Reserve(
                it.key() == null ? null : new IdempotencyKey(it.key(), "digest"),
                it.id(),
                it.amount(),
                now.plus(TTL),
                new Price(1, 1));
        case Step.Commit it ->
            new LedgerCommand.Commit(null, it.id(), new Cost.Stated(it.actual()), null);
        case Step.Release it -> new LedgerCommand.Release(null, it.id(), "cancelled", null);
        case Step.TopUp it -> new LedgerCommand.TopUp(null, it.amount());
        case Step.Expire it -> new LedgerCommand.ExpireDue(Integer.MAX_VALUE);
        case Step.Pass it -> throw new AssertionError("time is no command");
      };
    }
  }

  private record Hold(long amount, Instant expiresAt) {}

  /** What was granted and how it ended, kept from the answers alone. */
  private static final class Books {

    private final Map<String, Hold> open;
    private final Map<String, String> ended;
    private long initial;
    private long spent;
    private boolean blocked;
    private boolean mayOwe;
    private boolean keyUsed;

    Books(long initial) {
      this.initial = initial;
      open = new HashMap<>();
      ended = new HashMap<>();
    }

    Books(Books other) {
      open = new HashMap<>(other.open);
      ended = new HashMap<>(other.ended);
      initial = other.initial;
      spent = other.spent;
      blocked = other.blocked;
      mayOwe = other.mayOwe;
      keyUsed = other.keyUsed;
    }

    boolean knows(String id) {
      return open.containsKey(id) || ended.containsKey(id);
    }

    private long held() {
      long sum = 0;
      for (Hold hold : open.values()) {
        sum += hold.amount();
      }
      return sum;
    }

    private long free() {
      return initial - spent - held();
    }

    void keep(BudgetEvent event, Step step, Instant now, Set<String> seen) {
      seen.add(event.getClass().getSimpleName());
      switch (event) {
        case Event.Reserved it -> {
          check(!blocked, "nothing is held for a blocked tenant");
          check(it.amountMicrocents() <= free(), "nothing is held beyond what was free");
          check(step instanceof Step.Reserve ask && ask.amount() == it.amountMicrocents(), "asked");
          check(!knows(it.id()), "a reservation is made once");
          answered(it.key());
          open.put(it.id(), new Hold(it.amountMicrocents(), it.expiresAt()));
        }
        case Event.Refused it -> {
          boolean unfit = step instanceof Step.Reserve ask && ask.amount() > free();
          check(blocked || unfit, "nothing is refused that fits");
          answered(it.key());
        }
        case Event.Committed it -> {
          boolean late = "expired".equals(ended.get(it.id()));
          check(it.late() == late, "late is what follows an expiry");
          Hold hold = late ? new Hold(it.reservedMicrocents(), Instant.MAX) : end(it.id());
          check(now.isBefore(hold.expiresAt()), "nothing is committed in time that is due");
          check(it.overrun() == it.actualMicrocents() > hold.amount(), "overrun costs more");
          mayOwe |= late || it.overrun();
          spent += it.actualMicrocents();
          ended.put(it.id(), "committed " + it.actualMicrocents());
          blocked |= free() < 0;
          note(seen, late, it.overrun());
        }
        case Event.Released it -> {
          check(now.isBefore(end(it.id()).expiresAt()), "nothing is released that is due");
          ended.put(it.id(), "released");
        }
        case Event.Expired it -> {
          check(!now.isBefore(end(it.id()).expiresAt()), "nothing expires early");
          ended.put(it.id(), "expired");
        }
        case Event.ToppedUp it -> {
          initial += it.amountMicrocents();
          blocked &= free() < 0;
        }
        case Event.TenantDefined it -> throw new AssertionError("nobody asked for " + it);
      }
    }

    private void note(Set<String> seen, boolean late, boolean overrun) {
      if (late) {
        seen.add("late");
      }
      if (overrun) {
        seen.add("overrun");
      }
      if (blocked) {
        seen.add("blocked");
      }
    }

    private void answered(@Nullable IdempotencyKey key) {
      check(key == null || !keyUsed, "a key is answered once");
      keyUsed |= key != null;
    }

    private Hold end(String id) {
      Hold hold = open.remove(id);
      if (hold == null) {
        throw new AssertionError("violated: a reservation ends once: " + id);
      }
      return hold;
    }

    void agreeWith(Ledger ledger) {
      Budget budget = ledger.budget();
      long sum = 0;
      for (Reservation reservation : ledger.reservations().all().values()) {
        sum += reservation instanceof Reservation.Open it ? it.amountMicrocents() : 0;
      }
      check(budget.reservedMicrocents() == sum, "reserved is the sum of the open holds");
      check(budget.reservedMicrocents() == held(), "reserved is what was granted and not ended");
      check(budget.committedMicrocents() == spent, "committed is the sum of the costs");
      check(budget.initialMicrocents() == initial, "initial is what was put in");
      check(budget.remainingMicrocents() == free(), "remaining is the rest");
      check(free() >= 0 || mayOwe, "a debt follows an overrun or a late cost");
      check(ledger.blocked() == blocked, "who fell into debt is blocked until a top-up");
      check(ledger.reservations().openCount() == open.size(), "open is what was not ended");
    }
  }
}
