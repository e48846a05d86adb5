package io.quaestor.actors.regime;

import io.quaestor.actors.TestNode;
import io.quaestor.actors.tenant.TenantReply;
import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.catalog.Model;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.tenant.TenantCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tenants that ask many different questions of a learning node, and report what became of them. */
final class Pupils {

  private static final List<String> TENANTS = List.of("team-a", "team-b", "team-c");

  private final TestNode node;
  private final SplittableRandom random;

  Pupils(TestNode node, long seed) {
    this.node = node;
    this.random = new SplittableRandom(seed);
  }

  /** A policy that learns, and tiers to choose from. */
  static void teach(TestNode node) {
    Instant now = Instant.now();
    TestNode.await(node.node().put(catalog(), now));
    TestNode.await(
        node.node()
            .put(
                new Policy(
                    "default",
                    9_500,
                    0,
                    0,
                    0,
                    5_000,
                    Map.of(),
                    40_000,
                    100,
                    100,
                    600_000,
                    Learning.USUAL),
                now));
    for (String tenant : TENANTS) {
      node.call(tenant, new TenantCommand.Define(null, null, 1_000_000_000_000L, null));
    }
  }

  private static Catalog catalog() {
    return new Catalog(
        "builtin",
        null,
        List.of("economy", "premium"),
        List.of(model("small", "economy", 1, 6_000), model("large", "premium", 20, 9_000)));
  }

  private static Model model(String id, String tier, long price, int quality) {
    return new Model(
        id,
        "maker",
        tier,
        new Price(price * 1_000_000, price * 1_000_000),
        quality,
        500,
        10_000,
        List.of("chat"),
        List.of("eu"),
        true,
        null,
        null);
  }

  /** Asks so many questions, many at once, and reports most outcomes. */
  void ask(int questions) {
    for (int asked = 0; asked < questions; asked += 100) {
      List<Event.DecisionMade> made =
          together(Math.min(100, questions - asked), this::question).stream()
              .map(Event.DecisionMade.class::cast)
              .toList();
      List<Event.DecisionMade> reported =
          made.stream().filter(each -> !each.rejected() && random.nextInt(10) > 0).toList();
      int[] next = {0};
      together(reported.size(), () -> outcome(reported.get(next[0]++)));
    }
  }

  private record Call(String tenant, TenantCommand command) {}

  private interface Calls {
    Call next();
  }

  private List<Event> together(int many, Calls calls) {
    List<CompletableFuture<TenantReply>> replies = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      Call call = calls.next();
      replies.add(node.node().tenants().call(call.tenant(), call.command()).toCompletableFuture());
    }
    return replies.stream()
        .map(reply -> (Event) ((TenantReply.Sealed) TestNode.await(reply)).event())
        .toList();
  }

  private Call question() {
    int kind = random.nextInt(3);
    return new Call(
        TENANTS.get(random.nextInt(TENANTS.size())),
        new TenantCommand.Route(
            UUID.randomUUID().toString(),
            null,
            "0".repeat(64),
            TenantCommand.AUTO,
            random.nextBoolean() ? "support" : "coding",
            1 + random.nextInt(1 << random.nextInt(1, 14)),
            null,
            null,
            null,
            random.nextInt(9_000),
            10_000,
            null,
            0,
            List.of(),
            null,
            null,
            null,
            kind == 0 ? random.nextInt(10_001) : null,
            kind == 1 ? features() : List.of()));
  }

  private List<Long> features() {
    long centre = random.nextInt(4) * 3_000_000L;
    return List.of(centre + random.nextInt(1_000_000), random.nextInt(1_000_000) - centre);
  }

  private Call outcome(Event.DecisionMade of) {
    @Nullable Integer score = random.nextInt(3) == 0 ? random.nextInt(10_001) : null;
    return new Call(
        of.tenant(),
        new TenantCommand.ReportOutcome(
            null,
            of.id(),
            score == null ? random.nextInt(10) < 7 : null,
            score,
            null,
            1_000L,
            null));
  }
}
