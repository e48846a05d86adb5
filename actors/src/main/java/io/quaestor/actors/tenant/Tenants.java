package io.quaestor.actors.tenant;

import io.quaestor.kernel.tenant.TenantCommand;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** All tenants of the cluster: the way to ask one, wherever it lives. */
public final class Tenants {

  private static final EntityTypeKey<TenantMessage> TYPE =
      EntityTypeKey.create(TenantMessage.class, TenantActor.ENTITY_TYPE);

  private final ClusterSharding sharding;
  private final Duration askTimeout;

  private Tenants(ClusterSharding sharding, Duration askTimeout) {
    this.sharding = sharding;
    this.askTimeout = askTimeout;
  }

  /** Lets this node host tenants. */
  public static Tenants start(ActorSystem<?> system, TenantActor.Node node) {
    ClusterSharding sharding = ClusterSharding.get(system);
    sharding.init(
        Entity.of(
                TYPE,
                entity ->
                    TenantInbox.create(
                        entity.getEntityId(),
                        node.settings(),
                        node.clock(),
                        entity.getShard(),
                        TenantActor.create(entity.getEntityId(), node)))
            .withStopMessage(TenantMessage.Stop.INSTANCE));
    return new Tenants(sharding, node.settings().askTimeout());
  }

  /**
   * Completes when the answer is sealed; fails with a {@link java.util.concurrent.TimeoutException}
   * when it is not known in time whether it will be.
   */
  public CompletionStage<TenantReply> call(String tenant, TenantCommand command) {
    return ref(tenant).ask(replyTo -> new TenantMessage.Call(tenant, command, replyTo), askTimeout);
  }

  public CompletionStage<TenantReply> read(String tenant) {
    return ref(tenant).ask(replyTo -> new TenantMessage.Read(tenant, replyTo), askTimeout);
  }

  /** The root of a budget tree is its entity; a plain tenant is its own root. */
  private EntityRef<TenantMessage> ref(String tenant) {
    return sharding.entityRefFor(TYPE, tenant);
  }
}
