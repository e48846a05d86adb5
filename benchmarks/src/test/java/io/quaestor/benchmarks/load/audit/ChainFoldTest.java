package io.quaestor.benchmarks.load.audit;

import static io.quaestor.benchmarks.load.audit.TestChain.budget;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChainFoldTest {

  private final Faults faults = new Faults();
  private final ChainFold fold = new ChainFold(faults, (seq, hash, type, tenant, subject) -> {});

  private TenantFold folded(TestChain chain) throws IOException {
    fold.read(chain.export());
    return Objects.requireNonNull(fold.tenants().get("a"));
  }

  private void differs(TestChain chain, String... faultsInOrder) throws IOException {
    fold.read(chain.export());

    assertThat(faults.first()).hasSize(faultsInOrder.length);
    for (int i = 0; i < faultsInOrder.length; i++) {
      assertThat(faults.first().get(i)).contains(faultsInOrder[i]);
    }
  }

  // ---- what is in order ------------------------------------------------------------------------

  @Test
  void addsUpEveryKindOfEvent() throws Exception {
    TenantFold tenant =
        folded(
            new TestChain()
                .node()
                .begun()
                .reserved("d1", 30, budget(100, 70, 30, 0))
                .reserved("d2", 20, budget(100, 50, 50, 0))
                .refused("d3", budget(100, 50, 50, 0))
                .committed("d1", 30, 10, false, budget(100, 70, 20, 10))
                .released("d2", 20, budget(100, 90, 0, 10))
                .toppedUp(5, budget(105, 95, 0, 10))
                .reserved("d4", 95, budget(105, 0, 95, 10))
                .expired("d4", 95, budget(105, 95, 0, 10))
                .committed("d4", 95, 1, true, budget(105, 94, 0, 11))
                .reserved("d5", 4, budget(105, 90, 4, 11))
                .reported("d5", 4, 6, budget(105, 88, 0, 17))
                .reserved("d6", 8, budget(105, 80, 8, 17)));

    assertThat(faults.first()).isEmpty();
    assertThat(tenant.money()).isEqualTo(new Money(105, 80, 8, 17));
    assertThat(tenant.openReservations()).isEqualTo(1);
    assertThat(fold.records()).isEqualTo(14);
  }

  @Test
  void takesACostThatDrawsTheBudgetBelowZero() throws Exception {
    TenantFold tenant =
        folded(
            new TestChain()
                .begun()
                .reserved("d1", 90, budget(100, 10, 90, 0))
                .committed("d1", 90, 130, false, budget(100, -30, 0, 130))
                .toppedUp(40, budget(140, 10, 0, 130))
                .reserved("d2", 10, budget(140, 0, 10, 130)));

    assertThat(faults.first()).isEmpty();
    assertThat(tenant.money()).isEqualTo(new Money(140, 0, 10, 130));
  }

  // ---- what is not -----------------------------------------------------------------------------

  @Test
  void findsMoneyThatWasReservedButNotThere() throws Exception {
    differs(
        new TestChain().begun().reserved("d1", 101, budget(100, -1, 101, 0)),
        "reserves 101 and has -1 left: overspent");
  }

  @Test
  void findsAReservationOfABlockedTenant() throws Exception {
    differs(
        new TestChain()
            .begun()
            .reserved("d1", 90, budget(100, 10, 90, 0))
            .reserved("d2", 10, budget(100, 0, 100, 0))
            .committed("d1", 90, 95, false, budget(100, -5, 10, 95))
            .released("d2", 10, budget(100, 5, 0, 95))
            .reserved("d3", 5, budget(100, 0, 5, 95)),
        "reserves for tenant a, which is blocked");
  }

  @Test
  void findsAReservationAboveTheCap() throws Exception {
    differs(
        new TestChain()
            .defined(50, budget(100, 100, 0, 0))
            .reserved("d1", 51, budget(100, 49, 51, 0)),
        "has reserved 51 of at most 50");
  }

  @Test
  void findsAReservationThatEndsTwice() throws Exception {
    differs(
        new TestChain()
            .begun()
            .reserved("d1", 30, budget(100, 70, 30, 0))
            .released("d1", 30, budget(100, 100, 0, 0))
            .committed("d1", 30, 30, false, budget(100, 70, 0, 30)),
        "ends d1, which has ended before");
  }

  @Test
  void findsAReservationThatEndsWithAnotherAmount() throws Exception {
    differs(
        new TestChain()
            .begun()
            .reserved("d1", 30, budget(100, 70, 30, 0))
            .released("d1", 20, budget(100, 100, 0, 0)),
        "ends d1 with 20 of 30");
  }

  @Test
  void findsABudgetThatIsNotTheSum() throws Exception {
    differs(
        new TestChain().begun().reserved("d1", 30, budget(100, 69, 31, 0)),
        "record 1 states initial 100, remaining 69, reserved 31, committed 0");
  }

  @Test
  void findsALateCommitOfWhatDidNotExpire() throws Exception {
    differs(
        new TestChain()
            .begun()
            .reserved("d1", 30, budget(100, 70, 30, 0))
            .committed("d1", 30, 10, true, budget(100, 60, 30, 10)),
        "commits d1 late, not expired");
  }

  @Test
  void findsADecisionThatStandsTwice() throws Exception {
    differs(
        new TestChain()
            .begun()
            .refused("d1", budget(100, 100, 0, 0))
            .refused("d1", budget(100, 100, 0, 0)),
        "decision d1 stands twice");
  }

  @Test
  void findsAMissingAmount() throws Exception {
    differs(
        new TestChain()
            .begun()
            .add("ToppedUp", "{\"tenant\":\"a\",\"budget\":" + budget(100, 100, 0, 0) + "}"),
        "states no amount");
  }

  @Test
  void findsAChangedRecord() throws Exception {
    differs(
        new TestChain()
            .begun()
            .refused("d1", budget(100, 100, 0, 0))
            .refused("d2", budget(100, 100, 0, 0))
            .replaced(1, "reject", "accept"),
        "record 2 does not follow the one before");
  }

  @Test
  void findsAMissingRecord() throws Exception {
    differs(
        new TestChain()
            .begun()
            .refused("d1", budget(100, 100, 0, 0))
            .refused("d2", budget(100, 100, 0, 0))
            .without(1),
        "record 2 does not follow the one before",
        "record 2 comes after record 0",
        "event 3 of tenant a comes after its event 1");
  }

  @Test
  void findsAnEventItDoesNotKnow() throws Exception {
    differs(
        new TestChain().begun().add("Gifted", "{\"budget\":" + budget(100, 100, 0, 0) + "}"),
        "unknown type Gifted");
  }
}
