package io.quaestor.kernel.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.kernel.event.Budget;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.BudgetEvent;
import io.quaestor.kernel.event.Event.TenantEvent;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Mode;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.event.Usage;
import io.quaestor.kernel.event.Version;
import io.quaestor.kernel.ledger.LedgerCommand.Cost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each rule of the ledger by example. Amounts are small numbers of microcents. */
class LedgerTest {

  private static final String TENANT = "team-a";
  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Duration MICRO = Duration.ofNanos(1_000);
  private static final Price PRICE = new Price(2_000_000, 3_000_000);

  private Ledger ledger = Ledger.empty(TENANT, new LedgerBounds(5, 3, 4, Duration.ofHours(24)));
  private Instant now = START;

  // ---- what happens ----------------------------------------------------------------------------

  /** Decides and, when something is to be recorded, folds it. */
  private Ruling ask(LedgerCommand command) {
    Ruling ruling = Ledger.decide(ledger, command, now);
    if (ruling instanceof Ruling.Recorded recorded) {
      for (BudgetEvent event : recorded.events()) {
        ledger = ledger.evolve(event);
        assertThat(event.budget()).isEqualTo(ledger.budget());
      }
    }
    return ruling;
  }

  private BudgetEvent only(LedgerCommand command) {
    Ruling ruling = ask(command);
    assertThat(ruling).isInstanceOf(Ruling.Recorded.class);
    assertThat(((Ruling.Recorded) ruling).events()).hasSize(1);
    return ((Ruling.Recorded) ruling).events().getFirst();
  }

  private static @Nullable IdempotencyKey none() {
    return null;
  }

  private static IdempotencyKey key(String value) {
    return new IdempotencyKey(value, "digest of " + value);
  }

  private LedgerCommand.Define budget(long initial) {
    return new LedgerCommand.Define(none(), Mode.ENFORCE, initial, ledger.reservedMaxMicrocents());
  }

  private static LedgerCommand.Define budget(long initial, long cap) {
    return new LedgerCommand.Define(none(), Mode.ENFORCE, initial, cap);
  }

  private static LedgerCommand.TopUp topUp(long amount) {
    return new LedgerCommand.TopUp(none(), amount);
  }

  private LedgerCommand.Reserve reserve(String id, long amount) {
    return reserve(id, amount, none());
  }

  private LedgerCommand.Reserve reserve(String id, long amount, @Nullable IdempotencyKey key) {
    return new LedgerCommand.Reserve(key, id, amount, now.plus(TTL), PRICE);
  }

  private static LedgerCommand.Commit commit(String id, long actual) {
    return new LedgerCommand.Commit(none(), id, new Cost.Stated(actual), null);
  }

  private static LedgerCommand.Commit commit(String id, Cost cost, Reservation recalled) {
    return new LedgerCommand.Commit(none(), id, cost, recalled);
  }

  private static LedgerCommand.Release release(String id) {
    return new LedgerCommand.Release(none(), id, "cancelled", null);
  }

  private static LedgerCommand.Release release(String id, Reservation recalled) {
    return new LedgerCommand.Release(none(), id, "cancelled", recalled);
  }

  private static final LedgerCommand EXPIRE = new LedgerCommand.ExpireDue(Integer.MAX_VALUE);

  private void given(LedgerCommand... commands) {
    for (LedgerCommand command : commands) {
      assertThat(ask(command)).isInstanceOf(Ruling.Recorded.class);
    }
  }

  private void after(Duration time) {
    now = now.plus(time);
  }

  private static Budget accounts(long initial, long remaining, long reserved, long committed) {
    return new Budget(initial, remaining, reserved, committed);
  }

  // ---- reserve ---------------------------------------------------------------------------------

  @Nested
  class Reserving {

    @Test
    void holdsAnAmountThatFits() {
      given(budget(100));

      BudgetEvent event = only(reserve("r", 60));

      assertThat(event)
          .isEqualTo(
              new Event.Reserved(
                  TENANT, now, null, "r", 60, now.plus(TTL), PRICE, accounts(100, 40, 60, 0)));
      assertThat(ledger.reservations().find("r"))
          .isEqualTo(new Reservation.Open(60, now.plus(TTL), PRICE));
      assertThat(ledger.reservations().nextExpiry()).isEqualTo(now.plus(TTL));
    }

    @Test
    void holdsTheLastMicrocent() {
      given(budget(100));

      assertThat(only(reserve("r", 100))).isInstanceOf(Event.Reserved.class);

      assertThat(ledger.budget()).isEqualTo(accounts(100, 0, 100, 0));
    }

    @Test
    void recordsAsRefusedAnAmountOneMicrocentAboveWhatRemains() {
      given(budget(100), reserve("a", 60));

      BudgetEvent event = only(reserve("b", 41));

      assertThat(event)
          .isEqualTo(new Event.Refused(TENANT, now, null, "b", accounts(100, 40, 60, 0)));
      assertThat(ledger.reservations().find("b")).isNull();
      assertThat(ledger.version()).isEqualTo(3);
    }

    @Test
    void neverShrinksAReservationToFit() {
      given(budget(100));

      ask(reserve("r", Long.MAX_VALUE));

      assertThat(ledger.budget()).isEqualTo(accounts(100, 100, 0, 0));
      assertThat(ledger.reservations().openCount()).isZero();
    }

    @Test
    void holdsNothingForATenantWithoutMoney() {
      assertThat(only(reserve("r", 1))).isInstanceOf(Event.Refused.class);
    }

    @Test
    void holdsZeroForAFreeModelEvenWhenNothingRemains() {
      given(budget(0));

      assertThat(only(reserve("r", 0))).isInstanceOf(Event.Reserved.class);
      assertThat(only(commit("r", 0))).isInstanceOf(Event.Committed.class);

      assertThat(ledger.budget()).isEqualTo(Budget.ZERO);
    }

    @Test
    void holdsZeroForNobodyWhoIsBlocked() {
      given(budget(10), reserve("a", 10), commit("a", 11));

      assertThat(only(reserve("b", 0))).isInstanceOf(Event.Refused.class);
    }

    @Test
    void refusesNegativeAmounts() {
      given(budget(10));

      assertThatThrownBy(() -> ask(reserve("r", -1))).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ask(topUp(-1))).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ask(budget(-1))).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ask(budget(1, -1))).isInstanceOf(IllegalArgumentException.class);
      assertThat(ledger.version()).isEqualTo(1);
    }

    @Test
    void keepsReservedMoneyUnderTheCap() {
      given(budget(100, 50), reserve("a", 30));

      assertThat(ledger.reservableMicrocents()).isEqualTo(20);
      assertThat(only(reserve("b", 21))).isInstanceOf(Event.Refused.class);
      assertThat(only(reserve("c", 20))).isInstanceOf(Event.Reserved.class);
      assertThat(only(reserve("d", 1))).isInstanceOf(Event.Refused.class);

      given(commit("a", 30));

      assertThat(ledger.reservableMicrocents()).isEqualTo(30);
    }

    @Test
    void holdsNothingMoreWhenTheCapWasLoweredBelowWhatIsReserved() {
      given(budget(100, 50), reserve("a", 30), budget(100, 20));

      assertThat(ledger.reservableMicrocents()).isEqualTo(-10);
      assertThat(only(reserve("b", 0))).isInstanceOf(Event.Refused.class);
      assertThat(ledger.budget()).isEqualTo(accounts(100, 70, 30, 0));
    }

    @Test
    void refusesAnIdThatIsOpenOrHasEnded() {
      given(budget(100), reserve("a", 10));
      assertThat(ask(reserve("a", 10))).isEqualTo(new Ruling.DuplicateId("a"));

      given(commit("a", 5));
      assertThat(ask(reserve("a", 10))).isEqualTo(new Ruling.DuplicateId("a"));
    }

    @Test
    void boundsTheNumberOfOpenReservations() {
      given(budget(100));
      for (int i = 0; i < 5; i++) {
        given(reserve("r" + i, 1));
      }

      assertThat(ask(reserve("r5", 1))).isEqualTo(new Ruling.TooManyOpen(5));

      given(release("r0"));
      assertThat(only(reserve("r5", 1))).isInstanceOf(Event.Reserved.class);
    }

    @Test
    void recordsARefusalThatSomebodyElseDecided() {
      given(budget(100));

      BudgetEvent event = only(new LedgerCommand.Refuse(key("k"), "d"));

      assertThat(event)
          .isEqualTo(new Event.Refused(TENANT, now, key("k"), "d", accounts(100, 100, 0, 0)));
    }
  }

  // ---- commit ----------------------------------------------------------------------------------

  @Nested
  class Committing {

    @Test
    void returnsTheRestOfACostBelowTheReservation() {
      given(budget(100), reserve("r", 60));

      BudgetEvent event = only(commit("r", 25));

      assertThat(event)
          .isEqualTo(
              new Event.Committed(
                  TENANT, now, null, "r", 60, 25, false, false, accounts(100, 75, 0, 25)));
      assertThat(ledger.reservations().find("r")).isEqualTo(new Reservation.Committed(3, 25));
      assertThat(ledger.reservations().nextExpiry()).isNull();
    }

    @Test
    void takesACostEqualToTheReservation() {
      given(budget(100), reserve("r", 60));

      assertThat(((Event.Committed) only(commit("r", 60))).overrun()).isFalse();

      assertThat(ledger.budget()).isEqualTo(accounts(100, 40, 0, 60));
      assertThat(ledger.blocked()).isFalse();
    }

    @Test
    void takesACostOfZero() {
      given(budget(100), reserve("r", 60), commit("r", 0));

      assertThat(ledger.budget()).isEqualTo(accounts(100, 100, 0, 0));
    }

    @Test
    void drawsACostAboveTheReservationFromWhatRemains() {
      given(budget(100), reserve("r", 60));

      BudgetEvent event = only(commit("r", 100));

      assertThat(event)
          .isEqualTo(
              new Event.Committed(
                  TENANT, now, null, "r", 60, 100, true, false, accounts(100, 0, 0, 100)));
      assertThat(ledger.blocked()).isFalse();
    }

    @Test
    void countsAUsageAtThePriceOfTheReservation() {
      given(budget(100), reserve("r", 60));
      Cost cost = new Cost.Used(new Usage(4, 5));

      given(new LedgerCommand.Commit(null, "r", cost, null));

      assertThat(ledger.budget()).isEqualTo(accounts(100, 77, 0, 23));
    }

    @Test
    void refusesANegativeCost() {
      given(budget(100), reserve("r", 60));

      assertThatThrownBy(() -> ask(commit("r", -1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotKnowAReservationThatNeverWas() {
      given(budget(100));

      assertThat(ask(commit("r", 1))).isEqualTo(new Ruling.UnknownReservation("r"));
      assertThat(ask(release("r"))).isEqualTo(new Ruling.UnknownReservation("r"));
    }

    @Test
    void refusesACostThatNoAccountCanHold() {
      given(budget(100), reserve("a", 0), reserve("b", 1), commit("a", Long.MAX_VALUE));

      assertThat(ask(commit("b", Long.MAX_VALUE))).isEqualTo(new Ruling.Overflow());
      assertThat(ask(commit("b", 1))).isEqualTo(new Ruling.Overflow());
      assertThat(ask(release("b"))).isInstanceOf(Ruling.Recorded.class);
    }
  }

  // ---- blocked ---------------------------------------------------------------------------------

  @Nested
  class Blocking {

    @Test
    void blocksTheTenantWhenAnOverrunTakesMoreThanThereIs() {
      given(budget(100), reserve("r", 60), commit("r", 101));

      assertThat(ledger.budget()).isEqualTo(accounts(100, -1, 0, 101));
      assertThat(ledger.blocked()).isTrue();
      assertThat(ledger.reservableMicrocents()).isNegative();
      assertThat(only(reserve("s", 1))).isInstanceOf(Event.Refused.class);
    }

    @Test
    void staysBlockedWhenAnotherReservationReturnsItsMoney() {
      given(budget(100), reserve("a", 50), reserve("b", 50), commit("a", 60));
      assertThat(ledger.blocked()).isTrue();

      given(release("b"));

      assertThat(ledger.budget()).isEqualTo(accounts(100, 40, 0, 60));
      assertThat(ledger.blocked()).isTrue();
      assertThat(only(reserve("c", 1))).isInstanceOf(Event.Refused.class);
    }

    @Test
    void staysBlockedWhenAnotherReservationExpiresOrCostsLess() {
      given(budget(100), reserve("a", 40), reserve("b", 30), reserve("c", 30), commit("a", 50));

      given(commit("b", 1));
      assertThat(ledger.budget().remainingMicrocents()).isEqualTo(19);
      assertThat(ledger.blocked()).isTrue();

      after(TTL);
      given(EXPIRE);
      assertThat(ledger.budget().remainingMicrocents()).isEqualTo(49);
      assertThat(ledger.blocked()).isTrue();
    }

    @Test
    void isUnblockedByATopUpThatPaysTheDebtAndByNoSmallerOne() {
      given(budget(100), reserve("r", 100), commit("r", 110));

      given(topUp(9));
      assertThat(ledger.budget()).isEqualTo(accounts(109, -1, 0, 110));
      assertThat(ledger.blocked()).isTrue();

      given(topUp(1));
      assertThat(ledger.budget()).isEqualTo(accounts(110, 0, 0, 110));
      assertThat(ledger.blocked()).isFalse();

      given(topUp(5));
      assertThat(only(reserve("s", 5))).isInstanceOf(Event.Reserved.class);
    }

    @Test
    void isUnblockedByALargerBudget() {
      given(budget(100), reserve("r", 100), commit("r", 110));

      given(budget(105));
      assertThat(ledger.blocked()).isTrue();

      given(budget(120));
      assertThat(ledger.blocked()).isFalse();
    }

    @Test
    void stillSettlesWhatIsOpen() {
      given(budget(100), reserve("a", 40), reserve("b", 30), reserve("c", 30), commit("a", 200));

      given(commit("b", 31), release("c"));

      assertThat(ledger.budget()).isEqualTo(accounts(100, -131, 0, 231));
    }
  }

  // ---- endings ---------------------------------------------------------------------------------

  @Nested
  class Ending {

    @Test
    void returnsAReleasedHoldInFull() {
      given(budget(100), reserve("r", 60));

      BudgetEvent event = only(release("r"));

      assertThat(event)
          .isEqualTo(
              new Event.Released(
                  TENANT, now, null, "r", 60, "cancelled", accounts(100, 100, 0, 0)));
      assertThat(ledger.reservations().find("r")).isEqualTo(new Reservation.Released(3));
    }

    @Test
    void saysHowACommittedReservationEnded() {
      given(budget(100), reserve("r", 60), commit("r", 25));

      assertThat(ask(commit("r", 25))).isEqualTo(new Ruling.AlreadyCommitted("r", 25));
      assertThat(ask(commit("r", 30))).isEqualTo(new Ruling.AlreadyCommitted("r", 25));
      assertThat(ask(release("r"))).isEqualTo(new Ruling.AlreadyCommitted("r", 25));
    }

    @Test
    void saysHowAReleasedReservationEnded() {
      given(budget(100), reserve("r", 60), release("r"));

      assertThat(ask(commit("r", 25))).isEqualTo(new Ruling.AlreadyReleased("r"));
      assertThat(ask(release("r"))).isEqualTo(new Ruling.AlreadyReleased("r"));
    }

    @Test
    void saysHowAnExpiredReservationEnded() {
      given(budget(100), reserve("r", 60));
      after(TTL);
      given(EXPIRE);

      assertThat(ask(release("r"))).isEqualTo(new Ruling.AlreadyExpired("r"));
    }

    @Test
    void doesNotReleaseWhatIsDueThoughItsExpiryIsNotRecordedYet() {
      given(budget(100), reserve("r", 60));
      after(TTL);

      assertThat(ask(release("r"))).isEqualTo(new Ruling.AlreadyExpired("r"));
    }

    @Test
    void releasesUntilTheLastMicrosecond() {
      given(budget(100), reserve("r", 60));
      after(TTL.minus(MICRO));

      assertThat(only(release("r"))).isInstanceOf(Event.Released.class);
    }

    @Test
    void forgetsTheOldestEndingsAndCountsALateCommitOnce() {
      given(budget(100));
      for (String id : List.of("a", "b", "c")) {
        given(reserve(id, 10));
      }
      after(TTL);
      given(EXPIRE, commit("a", 1));
      assertThat(ledger.reservations().all()).containsOnlyKeys("a", "b", "c");

      given(reserve("d", 10), release("d"));
      assertThat(ledger.reservations().all()).containsOnlyKeys("a", "c", "d");

      given(reserve("e", 10), release("e"), reserve("f", 10), release("f"));
      assertThat(ledger.reservations().all()).containsOnlyKeys("d", "e", "f");
      assertThat(ask(release("a"))).isEqualTo(new Ruling.UnknownReservation("a"));
    }

    @Test
    void neverForgetsAnOpenReservation() {
      given(budget(100), reserve("old", 1));
      for (int i = 0; i < 10; i++) {
        given(reserve("r" + i, 1), release("r" + i));
      }

      assertThat(ledger.reservations().size()).isEqualTo(1 + 3);
      assertThat(only(commit("old", 1))).isInstanceOf(Event.Committed.class);
    }

    @Test
    void answersFromTheChainWhatItHasForgotten() {
      given(budget(100));

      assertThat(ask(commit("r", new Cost.Stated(1), new Reservation.Committed(0, 7))))
          .isEqualTo(new Ruling.AlreadyCommitted("r", 7));
      assertThat(ask(release("r", new Reservation.Committed(0, 7))))
          .isEqualTo(new Ruling.AlreadyCommitted("r", 7));
      assertThat(ask(commit("r", new Cost.Stated(1), new Reservation.Released(0))))
          .isEqualTo(new Ruling.AlreadyReleased("r"));
      assertThat(ask(release("r", new Reservation.Released(0))))
          .isEqualTo(new Ruling.AlreadyReleased("r"));
      assertThat(ask(release("r", new Reservation.Expired(0, 5, PRICE))))
          .isEqualTo(new Ruling.AlreadyExpired("r"));
    }

    @Test
    void takesALateCostOfAReservationThatIsRecalled() {
      given(budget(100));
      Cost usage = new Cost.Used(new Usage(1, 1));

      BudgetEvent event = only(commit("r", usage, new Reservation.Expired(0, 4, PRICE)));

      assertThat(event)
          .isEqualTo(
              new Event.Committed(
                  TENANT, now, null, "r", 4, 5, true, true, accounts(100, 95, 0, 5)));
      assertThat(ask(commit("r", usage, new Reservation.Expired(0, 4, PRICE))))
          .isEqualTo(new Ruling.AlreadyCommitted("r", 5));
    }

    @Test
    void trustsItsOwnMemoryAboveTheChain() {
      given(budget(100), reserve("r", 10));

      assertThat(only(commit("r", new Cost.Stated(1), new Reservation.Released(0))))
          .isInstanceOf(Event.Committed.class);
    }

    @Test
    void recallsNothingAsOpen() {
      Reservation open = new Reservation.Open(1, now, PRICE);

      assertThatThrownBy(() -> release("r", open)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> commit("r", new Cost.Stated(1), open))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  // ---- expiry ----------------------------------------------------------------------------------

  @Nested
  class Expiring {

    @Test
    void neverHappensEarly() {
      given(budget(100), reserve("r", 60));
      after(TTL.minus(MICRO));

      assertThat(ask(EXPIRE)).isEqualTo(new Ruling.Recorded(List.of()));
      assertThat(ledger.budget()).isEqualTo(accounts(100, 40, 60, 0));
    }

    @Test
    void happensAtExactlyItsTime() {
      given(budget(100), reserve("r", 60));
      after(TTL);

      BudgetEvent event = only(EXPIRE);

      assertThat(event)
          .isEqualTo(new Event.Expired(TENANT, now, "r", 60, accounts(100, 100, 0, 0)));
      assertThat(ledger.reservations().find("r")).isEqualTo(new Reservation.Expired(3, 60, PRICE));
      assertThat(ask(EXPIRE)).isEqualTo(new Ruling.Recorded(List.of()));
    }

    @Test
    void endsAllThatAreDueOldestFirstAndNoOther() {
      given(budget(100), reserve("b", 1));
      given(reserve("a", 2));
      after(MICRO);
      given(reserve("late", 4));
      after(TTL.minus(MICRO));

      Ruling ruling = ask(EXPIRE);

      assertThat(ruling)
          .isEqualTo(
              new Ruling.Recorded(
                  List.of(
                      new Event.Expired(TENANT, now, "a", 2, accounts(100, 95, 5, 0)),
                      new Event.Expired(TENANT, now, "b", 1, accounts(100, 96, 4, 0)))));
      assertThat(ledger.reservations().openCount()).isEqualTo(1);
    }

    @Test
    void takesACostThatArrivesAfterwardsFromWhatRemains() {
      given(budget(100), reserve("r", 60));
      after(TTL);
      given(EXPIRE);

      BudgetEvent event = only(commit("r", 25));

      assertThat(event)
          .isEqualTo(
              new Event.Committed(
                  TENANT, now, null, "r", 60, 25, false, true, accounts(100, 75, 0, 25)));
      assertThat(ask(commit("r", 25))).isEqualTo(new Ruling.AlreadyCommitted("r", 25));
      assertThat(ask(release("r"))).isEqualTo(new Ruling.AlreadyCommitted("r", 25));
    }

    @Test
    void recordsTheExpiryBeforeALateCostThatArrivesFirst() {
      given(budget(100), reserve("r", 60));
      after(TTL);

      Ruling ruling = ask(new LedgerCommand.Commit(key("k"), "r", new Cost.Stated(61), null));

      assertThat(ruling)
          .isEqualTo(
              new Ruling.Recorded(
                  List.of(
                      new Event.Expired(TENANT, now, "r", 60, accounts(100, 100, 0, 0)),
                      new Event.Committed(
                          TENANT,
                          now,
                          key("k"),
                          "r",
                          60,
                          61,
                          true,
                          true,
                          accounts(100, 39, 0, 61)))));
      assertThat(ask(new LedgerCommand.Commit(key("k"), "r", new Cost.Stated(61), null)))
          .isEqualTo(new Ruling.Repeated(4));
    }

    @Test
    void commitsInTimeUntilTheLastMicrosecond() {
      given(budget(100), reserve("r", 60));
      after(TTL.minus(MICRO));

      assertThat(((Event.Committed) only(commit("r", 1))).late()).isFalse();
    }

    @Test
    void blocksTheTenantWhenALateCostTakesMoreThanThereIs() {
      given(budget(100), reserve("r", 60));
      after(TTL);
      given(EXPIRE, reserve("s", 80), commit("r", 60));

      assertThat(ledger.budget()).isEqualTo(accounts(100, -40, 80, 60));
      assertThat(ledger.blocked()).isTrue();
    }
  }

  // ---- define and top up -----------------------------------------------------------------------

  @Nested
  class Defining {

    @Test
    void opensABudget() {
      BudgetEvent event = only(budget(100, 30));

      assertThat(event)
          .isEqualTo(
              new Event.TenantDefined(
                  TENANT, now, null, Mode.ENFORCE, 30, accounts(100, 100, 0, 0)));
      assertThat(ledger.reservedMaxMicrocents()).isEqualTo(30);
    }

    @Test
    void resizesUpAndDownAndKeepsWhatIsSpent() {
      given(budget(100), reserve("a", 30), reserve("b", 20), commit("a", 10));

      given(budget(200));
      assertThat(ledger.budget()).isEqualTo(accounts(200, 170, 20, 10));

      given(budget(30));
      assertThat(ledger.budget()).isEqualTo(accounts(30, 0, 20, 10));
    }

    @Test
    void refusesABudgetBelowWhatIsInUse() {
      given(budget(100), reserve("a", 30), reserve("b", 20), commit("a", 10));

      assertThat(ask(budget(29))).isEqualTo(new Ruling.BelowUse(29, 30));
      assertThat(ledger.budget()).isEqualTo(accounts(100, 70, 20, 10));
    }

    @Test
    void refusesToShrinkTheBudgetOfATenantThatOwes() {
      given(budget(100), reserve("a", 100), commit("a", 150));

      assertThat(ask(budget(99))).isEqualTo(new Ruling.BelowUse(99, 150));
      given(budget(100), budget(101));
      assertThat(ledger.blocked()).isTrue();
    }

    @Test
    void addsATopUp() {
      given(budget(100), reserve("a", 30));

      BudgetEvent event = only(topUp(50));

      assertThat(event)
          .isEqualTo(new Event.ToppedUp(TENANT, now, null, 50, accounts(150, 120, 30, 0)));
    }

    @Test
    void refusesATopUpThatTheBudgetCannotHold() {
      given(budget(Long.MAX_VALUE));

      assertThat(ask(topUp(1))).isEqualTo(new Ruling.Overflow());
      assertThat(ask(reserve("r", Long.MAX_VALUE))).isInstanceOf(Ruling.Recorded.class);
    }

    @Test
    void boundsAreInRange() {
      Duration day = Duration.ofHours(24);

      assertThatThrownBy(() -> new LedgerBounds(0, 1, 1, day))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new LedgerBounds(1, -1, 1, day))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new LedgerBounds(1, 0, 0, day))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new LedgerBounds(1, 0, 1, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  // ---- idempotency -----------------------------------------------------------------------------

  @Nested
  class Repeating {

    @Test
    void answersARepeatByTheEventThatAnsweredFirst() {
      given(budget(100), reserve("a", 60, key("k")));

      assertThat(ask(reserve("another id", 60, key("k")))).isEqualTo(new Ruling.Repeated(2));
      assertThat(ledger.budget()).isEqualTo(accounts(100, 40, 60, 0));
    }

    @Test
    void answersARepeatOfEveryKindOfCall() {
      LedgerCommand define = new LedgerCommand.Define(key("d"), Mode.ENFORCE, 100, 100);
      LedgerCommand topUp = new LedgerCommand.TopUp(key("t"), 1);
      LedgerCommand refuse = new LedgerCommand.Refuse(key("x"), "x");
      LedgerCommand release = new LedgerCommand.Release(key("r"), "r", "cancelled", null);

      given(define, topUp, refuse, reserve("r", 1), release);

      assertThat(ask(define)).isEqualTo(new Ruling.Repeated(1));
      assertThat(ask(topUp)).isEqualTo(new Ruling.Repeated(2));
      assertThat(ask(refuse)).isEqualTo(new Ruling.Repeated(3));
      assertThat(ask(release)).isEqualTo(new Ruling.Repeated(5));
      assertThat(ledger.budget()).isEqualTo(accounts(101, 101, 0, 0));
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherRequest() {
      given(budget(100), reserve("a", 60, key("k")));

      Ruling ruling = ask(reserve("b", 60, new IdempotencyKey("k", "another digest")));

      assertThat(ruling).isEqualTo(new Ruling.KeyReused("k"));
    }

    @Test
    void remembersARefusalSoThatNoRetryTurnsItIntoASuccess() {
      given(budget(10), reserve("a", 60, key("k")), topUp(90));

      assertThat(ask(reserve("b", 60, key("k")))).isEqualTo(new Ruling.Repeated(2));
      assertThat(ledger.budget().reservedMicrocents()).isZero();
    }

    @Test
    void forgetsAKeyAfterADayAndNotBefore() {
      given(budget(100), reserve("a", 1, key("k")));

      after(Duration.ofHours(24).minus(MICRO));
      assertThat(ask(reserve("b", 1, key("k")))).isEqualTo(new Ruling.Repeated(2));

      after(MICRO);
      assertThat(only(reserve("b", 1, key("k")))).isInstanceOf(Event.Reserved.class);
      assertThat(ask(reserve("c", 1, key("k")))).isEqualTo(new Ruling.Repeated(3));
    }

    @Test
    void boundsTheNumberOfKeysUntilTheOldestIsForgotten() {
      given(budget(100));
      for (int i = 0; i < 4; i++) {
        given(reserve("r" + i, 1, key("k" + i)));
      }

      assertThat(ask(reserve("x", 1, key("x")))).isEqualTo(new Ruling.TooManyKeys(4));
      assertThat(ask(reserve("y", 1, key("k0")))).isEqualTo(new Ruling.Repeated(2));
      assertThat(only(reserve("z", 1))).isInstanceOf(Event.Reserved.class);

      after(Duration.ofHours(24));
      given(EXPIRE);
      assertThat(only(reserve("x", 1, key("x")))).isInstanceOf(Event.Reserved.class);
      assertThat(ledger.keys().all())
          .containsExactly(new IdempotencyKeys.Used(key("x"), ledger.version(), now));
    }

    @Test
    void keepsAKeyOnceThoughTheClockSteppedBack() {
      now = START.plus(Duration.ofHours(2));
      given(budget(100), reserve("a", 1, key("ahead")));
      now = START;
      given(reserve("b", 1, key("behind")));
      given(new LedgerCommand.Refuse(key("third"), "x"));
      now = START.plus(Duration.ofHours(24));

      given(reserve("c", 1, key("behind")));

      assertThat(ledger.keys().size()).isEqualTo(3);
      assertThat(ask(reserve("d", 1, key("ahead")))).isEqualTo(new Ruling.Repeated(2));
      assertThat(ask(reserve("d", 1, key("behind")))).isEqualTo(new Ruling.Repeated(5));

      after(Duration.ofHours(2));
      given(new LedgerCommand.Refuse(key("fourth"), "y"));
      assertThat(ledger.keys().all())
          .extracting(used -> used.key().value())
          .containsExactlyInAnyOrder("behind", "fourth");
    }
  }

  // ---- folding ---------------------------------------------------------------------------------

  @Nested
  class Folding {

    @Test
    void countsADecisionAsTheHoldInsideIt() {
      given(budget(100));
      Event.Reserved hold =
          new Event.Reserved(
              TENANT, now, key("k"), "d", 60, now.plus(TTL), PRICE, accounts(100, 40, 60, 0));

      ledger = ledger.evolve(decision(hold, null));

      assertThat(ledger.budget()).isEqualTo(accounts(100, 40, 60, 0));
      assertThat(ledger.version()).isEqualTo(2);
      assertThat(ledger.known(key("k"), now)).isEqualTo(new Ruling.Repeated(2));
    }

    @Test
    void countsARejectedDecisionAsARefusal() {
      given(budget(100));
      Event.Refused refused =
          new Event.Refused(TENANT, now, key("k"), "d", accounts(100, 100, 0, 0));

      ledger = ledger.evolve(decision(null, refused));

      assertThat(ledger.budget()).isEqualTo(accounts(100, 100, 0, 0));
      assertThat(ledger.known(key("k"), now)).isEqualTo(new Ruling.Repeated(2));
    }

    @Test
    void settlesAnOutcomeThatStatesACost() {
      given(budget(100), reserve("d", 60));
      Event.Committed settled =
          new Event.Committed(
              TENANT, now, key("k"), "d", 60, 20, false, false, accounts(100, 80, 0, 20));

      ledger = ledger.evolve(outcome("d", settled));

      assertThat(ledger.budget()).isEqualTo(accounts(100, 80, 0, 20));
      assertThat(ledger.version()).isEqualTo(3);
      assertThat(ledger.known(key("k"), now)).isEqualTo(new Ruling.Repeated(3));
    }

    @Test
    void leavesTheReservationOpenWhenAnOutcomeStatesNoCost() {
      given(budget(100), reserve("d", 60));

      ledger = ledger.evolve(outcome("d", null));

      assertThat(ledger.budget()).isEqualTo(accounts(100, 40, 60, 0));
      assertThat(ledger.version()).isEqualTo(3);
      assertThat(ledger.known(key("k"), now)).isEqualTo(new Ruling.Repeated(3));
    }

    @Test
    void refusesABudgetThatDoesNotFollow() {
      given(budget(100), reserve("r", 60));
      Budget same = ledger.budget();

      refuses(new Event.TenantDefined(TENANT, now, null, Mode.ENFORCE, 1, accounts(90, 31, 59, 0)));
      refuses(new Event.ToppedUp(TENANT, now, null, 5, accounts(106, 46, 60, 0)));
      refuses(reserved("s", 5, accounts(100, 36, 64, 0)));
      refuses(new Event.Refused(TENANT, now, null, "s", accounts(100, 39, 61, 0)));
      refuses(committed("r", 60, 10, false, accounts(100, 91, 0, 9)));
      refuses(new Event.Released(TENANT, now, null, "r", 60, "", accounts(100, 99, 1, 0)));
      refuses(new Event.Expired(TENANT, now.plus(TTL), "r", 60, same));
    }

    @Test
    void refusesAnEventOfAnotherTenant() {
      refuses(new Event.ToppedUp("team-b", now, null, 5, accounts(5, 5, 0, 0)));
    }

    @Test
    void refusesAReservationUnderAnIdThatIsKnown() {
      given(budget(100), reserve("r", 60));

      refuses(reserved("r", 5, accounts(100, 35, 65, 0)));
    }

    @Test
    void refusesAnEndingOfWhatIsNotOpen() {
      given(budget(100), reserve("other", 60), reserve("r", 10), release("r"));
      Budget freed = accounts(100, 50, 50, 0);

      refuses(new Event.Released(TENANT, now, null, "r", 10, "", freed));
      refuses(new Event.Released(TENANT, now, null, "never", 10, "", freed));
      refuses(new Event.Expired(TENANT, now.plus(TTL), "r", 10, freed));
      refuses(committed("r", 10, 10, false, accounts(100, 40, 50, 10)));
    }

    @Test
    void refusesAnEndingWithAnotherAmountThanIsHeld() {
      given(budget(100), reserve("r", 60));

      refuses(new Event.Released(TENANT, now, null, "r", 59, "", accounts(100, 100, 0, 0)));
      refuses(new Event.Expired(TENANT, now.plus(TTL), "r", 61, accounts(100, 100, 0, 0)));
      refuses(committed("r", 10, 10, false, accounts(100, 90, 0, 10)));
    }

    @Test
    void refusesAnEarlyExpiry() {
      given(budget(100), reserve("r", 60));
      Instant early = now.plus(TTL).minus(MICRO);

      refuses(new Event.Expired(TENANT, early, "r", 60, accounts(100, 100, 0, 0)));
    }

    @Test
    void refusesALateCommitOfWhatDidNotExpire() {
      given(budget(100), reserve("open", 60), reserve("r", 10), commit("r", 5));

      refuses(committed("open", 60, 10, true, accounts(100, 25, 60, 15)));
      refuses(committed("r", 10, 5, true, accounts(100, 30, 60, 10)));
    }

    @Test
    void refusesNegativeAmountsAlsoWhenTheBudgetAgrees() {
      given(budget(100), reserve("r", 60), reserve("s", 5), commit("s", 5));

      refuses(committed("r", 60, -5, false, accounts(100, 100, 0, 0)));
      refuses(new Event.ToppedUp(TENANT, now, null, -5, accounts(95, 30, 60, 5)));
      refuses(reserved("t", -5, accounts(100, 40, 55, 5)));
    }

    @Test
    void refusesASumThatNoAccountCanHold() {
      given(budget(100));

      refuses(new Event.ToppedUp(TENANT, now, null, Long.MAX_VALUE, accounts(100, 100, 0, 0)));
    }

    private void refuses(TenantEvent event) {
      Map<String, Reservation> before = Map.copyOf(ledger.reservations().all());
      assertThatThrownBy(() -> ledger.evolve(event))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("corrupt record")
          .hasMessageContaining(TENANT);
      assertThat(ledger.reservations().all()).isEqualTo(before);
    }

    private Event.Reserved reserved(String id, long amount, Budget after) {
      return new Event.Reserved(TENANT, now, null, id, amount, now.plus(TTL), PRICE, after);
    }

    private Event.Committed committed(
        String id, long reserved, long actual, boolean late, Budget after) {
      return new Event.Committed(TENANT, now, null, id, reserved, actual, false, late, after);
    }

    private Event.OutcomeReported outcome(String id, Event.@Nullable Committed committed) {
      return new Event.OutcomeReported(
          TENANT, now, key("k"), id, true, null, null, null, null, committed, null);
    }

    private static Event.DecisionMade decision(
        Event.@Nullable Reserved reserved, Event.@Nullable Refused refused) {
      Version version = new Version("default", 1, "digest");
      Event.Question question =
          new Event.Question("auto", 1, 1, 1, 1, "floor", 100, 0, 10_000, 0, 0, -1, 0, null, null);
      return new Event.DecisionMade(
          reserved,
          refused,
          "execute_requested",
          "requested_is_best",
          "support",
          "digest",
          version,
          version,
          question,
          5_500,
          "warm_start",
          null,
          1,
          null,
          null,
          List.of(),
          Map.of(),
          null);
    }
  }
}
