package io.quaestor.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.actors.tenant.TenantReply;
import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.learning.TenantLearning;
import io.quaestor.kernel.tenant.TenantCommand;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantLearningTest {

  private static final String TEAM = "team-a";
  private static final int AT_A_TIME = 1_000;

  @Test
  void learnsOnceFromADecisionThatIsNotAwaitedInMemoryAnyMore(@TempDir Path directory)
      throws Exception {
    try (TestNode node = TestNode.start(directory)) {
      node.node().put(learning(), Instant.now()).toCompletableFuture().get(20, TimeUnit.SECONDS);
      node.call(TEAM, new TenantCommand.Define(null, null, 1_000_000_000L, null));
      String oldest = node.route(TEAM).id();
      routeUntilItIsForgotten(node);
      assertThat(node.view(TEAM).learning().awaited(oldest)).isNull();

      // While the requests are sealed the reports gather, and come to the tenant in one batch.
      List<TenantCommand> calls = new ArrayList<>();
      calls.addAll(Stream.generate(() -> TestNode.request(null)).limit(64).toList());
      calls.addAll(Stream.generate(() -> success(oldest)).limit(8).toList());
      List<Event.OutcomeReported> outcomes =
          calls(node, calls).stream()
              .map(reply -> ((TenantReply.Sealed) reply).event())
              .filter(Event.OutcomeReported.class::isInstance)
              .map(Event.OutcomeReported.class::cast)
              .toList();

      assertThat(outcomes).hasSize(8);
      assertThat(outcomes).filteredOn(outcome -> outcome.lesson() != null).hasSize(1);
    }
  }

  private static void routeUntilItIsForgotten(TestNode node) throws Exception {
    for (int sent = 0; sent < TenantLearning.AWAITED_MAX; sent += AT_A_TIME) {
      calls(node, Stream.generate(() -> TestNode.request(null)).limit(AT_A_TIME).toList());
    }
  }

  private static List<TenantReply> calls(TestNode node, List<? extends TenantCommand> commands)
      throws Exception {
    List<CompletableFuture<TenantReply>> replies = new ArrayList<>();
    for (TenantCommand command : commands) {
      replies.add(node.node().tenants().call(TEAM, command).toCompletableFuture());
    }
    CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    return replies.stream().map(CompletableFuture::join).toList();
  }

  private static TenantCommand success(String id) {
    return new TenantCommand.ReportOutcome(null, id, true, null, null, null, null);
  }

  private static Policy learning() {
    Policy still = TestNode.policy();
    return new Policy(
        still.name(),
        still.hardRiskLimitBps(),
        still.minimumConfidenceBps(),
        still.riskMultiplierBps(),
        still.latencyPenaltyMicrocentsPerMs(),
        still.defaultFloorBps(),
        still.floorsBps(),
        still.valueMultipleBps(),
        still.defaultOutputTokens(),
        still.defaultOutputTokensMax(),
        still.reservationTtlMillis(),
        Learning.USUAL);
  }
}
