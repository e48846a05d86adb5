package io.quaestor.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quaestor.actors.registry.RegistryMessage;
import io.quaestor.actors.tenant.TenantReply;
import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.ledger.LedgerCommand.Cost;
import io.quaestor.kernel.ledger.Ruling;
import io.quaestor.kernel.tenant.TenantCommand;
import io.quaestor.kernel.tenant.TenantRefusal;
import io.quaestor.persistence.SealedEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants on a real chain. */
class TenantTest {

  private static final long TTL_MILLIS = TestNode.TTL_MILLIS;
  private static final long MARGIN_MILLIS = 20_000;

  @TempDir Path directory;

  @Test
  void answersWithTheSealUnderWhichTheChainHoldsTheEvent() {
    try (TestNode node = TestNode.start(directory)) {
      TenantReply.Sealed answer = (TenantReply.Sealed) node.call("a", TestNode.request(null));

      SealedEvent recorded =
          node.chain()
              .reader()
              .decision(((Event.DecisionMade) answer.event()).id())
              .orElseThrow()
              .made();
      assertThat(recorded.seal()).isEqualTo(answer.seal());
      assertThat(recorded.event()).isEqualTo(answer.event());
    }
  }

  @Test
  void neverOverspendsUnderConcurrentCalls() {
    int affordable = 7;
    try (TestNode node = TestNode.start(directory)) {
      node.call(
          "a",
          new TenantCommand.Define(null, null, affordable * TestNode.REQUEST_MICROCENTS + 1, null));

      List<Event.DecisionMade> decisions = concurrently(node, "a", 300);

      assertThat(decisions.stream().filter(decision -> !decision.rejected())).hasSize(affordable);
      assertThat(node.view("a").budget().remainingMicrocents()).isEqualTo(1);
    }
  }

  @Test
  void sealsManyCallsOfOneTenantTogether() {
    try (TestNode node = TestNode.start(directory)) {
      node.route("a");
      List<Event.DecisionMade> decisions = concurrently(node, "a", 500);

      Set<Instant> batches = new HashSet<>();
      for (Event.DecisionMade decision : decisions) {
        batches.add(node.chain().reader().decision(decision.id()).orElseThrow().made().at());
      }
      assertThat(batches.size()).isLessThan(decisions.size() / 2);
    }
  }

  @Test
  void answersBusyWhenItsQueueIsFullAndRecordsNothingOfThat() {
    try (TestNode node =
        TestNode.start(directory, "quaestor.tenant { waiting-max = 4, batch-max = 2 }")) {
      node.route("a");

      List<TenantReply> replies = replies(node, "a", 500);

      assertThat(replies).anyMatch(TenantReply.Busy.class::isInstance);
      long sealed = replies.stream().filter(TenantReply.Sealed.class::isInstance).count();
      assertThat(node.view("a").openReservations()).isEqualTo(Math.toIntExact(sealed + 1));
    }
  }

  @Test
  void remembersEverythingAfterARestart() {
    IdempotencyKey key = new IdempotencyKey("key", "digest");
    TenantReply.View before;
    TenantReply answer;
    try (TestNode node = TestNode.start(directory)) {
      answer = node.call("a", TestNode.request(key));
      Event.DecisionMade second = node.route("a");
      node.call("a", new TenantCommand.Commit(null, second.id(), new Cost.Stated(77)));
      before = node.view("a");
    }

    try (TestNode node = TestNode.start(directory)) {
      assertThat(node.view("a")).isEqualTo(before);
      assertThat(node.call("a", TestNode.request(key))).isEqualTo(answer);
      assertThat(node.view("a")).as("a repeat holds nothing").isEqualTo(before);
    }
  }

  @Test
  void recoversTheSameFromASnapshotAsFromItsEvents() {
    int calls = 2_500;
    TenantReply.View before;
    try (TestNode node = TestNode.start(directory)) {
      node.call("a", new TenantCommand.Define(null, null, 1_000_000_000L, null));
      concurrently(node, "a", calls)
          .forEach(
              decision -> node.call("a", new TenantCommand.Release(null, decision.id(), "test")));
      before = node.view("a");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> hasRecord(node, Event.SnapshotSaved.class));
    }

    try (TestNode node = TestNode.start(directory)) {
      assertThat(node.view("a")).isEqualTo(before);
      assertThat(node.route("a").rejected()).isFalse();
    }
  }

  @Test
  void returnsAHoldWhenItsTimeIsUpAndNotBefore() {
    try (TestNode node = TestNode.start(directory)) {
      node.route("a");
      node.passes(TTL_MILLIS - MARGIN_MILLIS);
      assertThat(node.view("a").openReservations()).isEqualTo(1);

      node.passes(MARGIN_MILLIS);

      assertThat(node.view("a").openReservations()).isZero();
      assertThat(node.view("a").budget().reservedMicrocents()).isZero();
    }
  }

  @Test
  void expiresByItsOwnTimerWithoutBeingAsked() {
    try (TestNode node = TestNode.start(directory)) {
      TestNode.await(node.node().put(TestNode.policy(500), Instant.now()));
      node.route("a");

      await().atMost(Duration.ofSeconds(10)).until(() -> hasRecord(node, Event.Expired.class));
    }
  }

  @Test
  void rebuildsTheTimerOfAReservationAtRecovery() {
    try (TestNode node = TestNode.start(directory)) {
      TestNode.await(node.node().put(TestNode.policy(8_000), Instant.now()));
      node.route("a");
    }

    try (TestNode node = TestNode.start(directory)) {
      node.call("a", new TenantCommand.TopUp(null, 1)); // wakes it
      assertThat(hasRecord(node, Event.Expired.class)).isFalse();

      await().atMost(Duration.ofSeconds(20)).until(() -> hasRecord(node, Event.Expired.class));
    }
  }

  @Test
  void tellsFromTheChainHowAForgottenReservationEnded() {
    try (TestNode node = TestNode.start(directory, "quaestor.tenant.ended-reservations-kept = 1")) {
      Event.DecisionMade first = node.route("a");
      node.call("a", new TenantCommand.Commit(null, first.id(), new Cost.Stated(5)));
      Event.DecisionMade second = node.route("a");
      node.call("a", new TenantCommand.Release(null, second.id(), "test"));

      TenantReply again =
          node.call("a", new TenantCommand.Commit(null, first.id(), new Cost.Stated(6)));

      assertThat(again)
          .isEqualTo(
              new TenantReply.Denied(
                  new TenantRefusal.ByLedger(new Ruling.AlreadyCommitted(first.id(), 5))));
      assertThat(node.view("a").budget().committedMicrocents()).isEqualTo(5);
    }
  }

  @Test
  void keepsTenantsApart() {
    try (TestNode node = TestNode.start(directory)) {
      Event.DecisionMade ofA = node.route("a");
      node.route("b");

      TenantReply stolen =
          node.call("b", new TenantCommand.Commit(null, ofA.id(), new Cost.Stated(1)));

      assertThat(stolen)
          .isInstanceOfSatisfying(
              TenantReply.Denied.class,
              denied -> assertThat(denied.refusal()).isInstanceOf(TenantRefusal.ByLedger.class));
      assertThat(node.view("a").openReservations()).isEqualTo(1);
    }
  }

  @Test
  void leavesMemoryWhenIdleAndComesBackWithItsState() {
    try (TestNode node = TestNode.start(directory, "quaestor.tenant.passivate-after = 300 ms")) {
      Event.DecisionMade decision = node.route("a");
      node.call("a", new TenantCommand.Release(null, decision.id(), "test"));
      TenantReply.View before = node.view("a");

      await().atMost(Duration.ofSeconds(10)).until(() -> !node.isInMemory("a"));

      assertThat(node.view("a")).isEqualTo(before);
      assertThat(node.route("a").rejected()).isFalse();
    }
  }

  @Test
  void staysForItsReservationsAndLeavesAfterTheLastHasExpired() {
    try (TestNode node = TestNode.start(directory, "quaestor.tenant.passivate-after = 300 ms")) {
      TestNode.await(node.node().put(TestNode.policy(3_000), Instant.now()));
      node.route("a");

      await().atMost(Duration.ofSeconds(20)).until(() -> !node.isInMemory("a"));

      assertThat(hasRecord(node, Event.Expired.class)).as("it expired before it left").isTrue();
    }
  }

  @Test
  void recordsATrueCostAlsoWhenThousandsOfReservationsHaveExpiredMeanwhile() {
    int open = 3_000;
    Event.DecisionMade first;
    try (TestNode node = TestNode.start(directory)) {
      node.call("a", new TenantCommand.Define(null, null, 1_000_000_000L, null));
      first = node.route("a");
      concurrently(node, "a", open);
    }

    try (TestNode node =
        TestNode.start(directory, "quaestor.tenant.ended-reservations-kept = 2048")) {
      node.passes(TTL_MILLIS);
      TenantReply late =
          node.call("a", new TenantCommand.Commit(null, first.id(), new Cost.Stated(5)));
      TenantReply again =
          node.call("a", new TenantCommand.Commit(null, first.id(), new Cost.Stated(5)));

      assertThat(late).isInstanceOf(TenantReply.Sealed.class);
      assertThat(again).isInstanceOf(TenantReply.Denied.class);
      await().atMost(Duration.ofSeconds(20)).until(() -> node.view("a").openReservations() == 0);
      assertThat(node.view("a").budget().committedMicrocents()).isEqualTo(5);
      assertThat(node.view("a").budget().reservedMicrocents()).isZero();
    }
  }

  @Test
  void putsANewVersionOfACatalogInForceAndTheSameOneNever() {
    try (TestNode node = TestNode.start(directory)) {
      Catalog changed =
          new Catalog("builtin", "changed", List.of("economy"), TestNode.catalog().models());

      RegistryMessage.Reply first =
          TestNode.await(node.node().put(changed, Instant.parse("2026-11-23T09:00:00Z")));
      RegistryMessage.Reply second =
          TestNode.await(node.node().put(changed, Instant.parse("2026-11-23T09:00:00Z")));

      assertThat(((RegistryMessage.InForce) first).changed()).isTrue();
      assertThat(((RegistryMessage.InForce) first).version().version()).isEqualTo(2);
      assertThat(((RegistryMessage.InForce) second).changed()).isFalse();
      assertThat(node.route("a").catalog().version()).isEqualTo(2);
    }
  }

  // ---- helpers ---------------------------------------------------------------------------------

  private static List<Event.DecisionMade> concurrently(TestNode node, String tenant, int calls) {
    return replies(node, tenant, calls).stream()
        .map(reply -> (Event.DecisionMade) ((TenantReply.Sealed) reply).event())
        .toList();
  }

  private static List<TenantReply> replies(TestNode node, String tenant, int calls) {
    List<CompletableFuture<TenantReply>> asked = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      asked.add(node.node().tenants().call(tenant, TestNode.request(null)).toCompletableFuture());
    }
    return asked.stream().map(TestNode::await).toList();
  }

  private static boolean hasRecord(TestNode node, Class<? extends Event> type) {
    List<Event> found = new ArrayList<>();
    node.chain()
        .reader()
        .events(
            1,
            recorded -> {
              if (type.isInstance(recorded.event())) {
                found.add(recorded.event());
              }
            });
    return !found.isEmpty();
  }
}
