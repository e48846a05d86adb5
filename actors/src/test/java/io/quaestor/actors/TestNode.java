package io.quaestor.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.quaestor.actors.tenant.TenantActor;
import io.quaestor.actors.tenant.TenantMessage;
import io.quaestor.actors.tenant.TenantReply;
import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.Model;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.tenant.TenantCommand;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.NodeChains;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/** A node with a real chain in a directory of the test, and a clock that the test may put on. */
public final class TestNode implements AutoCloseable {

  static final long NEW_TENANT_MICROCENTS = 1_000_000;
  private static final long TIMEOUT_SECONDS = 20;
  static final long TTL_MILLIS = 60_000;

  private final ActorTestKit kit;
  private final NodeChain chain;
  private final NodeActors node;
  private volatile Duration passed = Duration.ZERO;

  public static TestNode start(Path directory) {
    return start(directory, "");
  }

  public static TestNode start(Path directory, String settings) {
    return new TestNode(
        ConfigFactory.parseString(settings)
            .withFallback(
                ConfigFactory.parseString(
                    """
                    pekko {
                      loglevel = ERROR
                      actor.provider = cluster
                      actor.allow-java-serialization = off
                      remote.artery.transport = tcp
                      remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                      cluster.seed-nodes = []
                      cluster.sharding { number-of-shards = 8, passivation.strategy = none }
                      cluster.jmx.enabled = off
                      persistence.journal.plugin = "quaestor.journal"
                      persistence.snapshot-store.plugin = "quaestor.snapshot-store"
                    }
                    quaestor.data-dir = "%s"
                    quaestor.tenant.new-tenant-microcents = %d
                    """
                        .formatted(directory, NEW_TENANT_MICROCENTS)))
            .withFallback(ConfigFactory.load()));
  }

  private TestNode(Config config) {
    this.kit = ActorTestKit.create("quaestor", config);
    this.chain = NodeChains.get(kit.system()).chain();
    InstantSource clock = () -> Instant.now().plus(passed);
    this.node = await(NodeActors.start(kit.system(), chain, clock, catalog(), policy()));
  }

  public NodeActors node() {
    return node;
  }

  public NodeChain chain() {
    return chain;
  }

  /** Puts the clock on; timers do not notice. */
  void passes(long millis) {
    passed = passed.plusMillis(millis);
  }

  public TenantReply call(String tenant, TenantCommand command) {
    return await(node.tenants().call(tenant, command));
  }

  Event.DecisionMade route(String tenant) {
    return (Event.DecisionMade) ((TenantReply.Sealed) call(tenant, request(null))).event();
  }

  TenantReply.View view(String tenant) {
    return (TenantReply.View) await(node.tenants().read(tenant));
  }

  /** Whether the tenant's entity lives on this node now. */
  boolean isInMemory(String tenant) {
    ShardRegion.CurrentShardRegionState state =
        await(
            AskPattern.ask(
                ClusterSharding.get(kit.system()).shardState(),
                replyTo ->
                    new GetShardRegionState(
                        EntityTypeKey.create(TenantMessage.class, TenantActor.ENTITY_TYPE),
                        replyTo),
                Duration.ofSeconds(TIMEOUT_SECONDS),
                kit.system().scheduler()));
    return state.getShards().stream().anyMatch(shard -> shard.getEntityIds().contains(tenant));
  }

  static TenantCommand.Route request(@Nullable IdempotencyKey key) {
    return new TenantCommand.Route(
        UUID.randomUUID().toString(),
        key,
        "0".repeat(64),
        "auto",
        "default",
        1_000,
        100L,
        100L,
        null,
        0,
        10_000,
        null,
        0,
        List.of(),
        null,
        null,
        null,
        null,
        List.of());
  }

  /** What {@link #request} holds: 1,000 input and 100 output tokens of the only model. */
  static final long REQUEST_MICROCENTS = 1_000 + 200;

  static Catalog catalog() {
    return new Catalog(
        "builtin",
        null,
        List.of("economy"),
        List.of(
            new Model(
                "small",
                "maker",
                "economy",
                new Price(1_000_000, 2_000_000),
                6_000,
                500,
                10_000,
                List.of("chat"),
                List.of("eu"),
                true,
                null,
                null)));
  }

  static Policy policy() {
    return policy(TTL_MILLIS);
  }

  static Policy policy(long ttlMillis) {
    return new Policy(
        "default", 9_500, 0, 0, 0, 5_000, Map.of(), 40_000, 100, 100, ttlMillis, null);
  }

  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
