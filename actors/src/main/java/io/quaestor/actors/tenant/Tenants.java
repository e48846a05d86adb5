package io.quaestor.actors.tenant;

import io.quaestor.kernel.tenant.TenantCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.util.Timeout;
import scala.Function1;
import scala.concurrent.ExecutionContext;

/** All tenants of the cluster: the way to ask one, wherever it lives. */
public final class Tenants {

  private static final EntityTypeKey<TenantMessage> TYPE =
      EntityTypeKey.create(TenantMessage.class, TenantActor.ENTITY_TYPE);

  private final ClusterSharding sharding;
  private final Timeout askTimeout;
  private final ExecutionContext answering;

  private Tenants(ClusterSharding sharding, Duration askTimeout, ExecutionContext answering) {
    this.sharding = sharding;
    this.askTimeout = Timeout.create(askTimeout);
    this.answering = answering;
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
    return new Tenants(sharding, node.settings().askTimeout(), system.executionContext());
  }

  /**
   * Completes when the answer is sealed; fails with a {@link java.util.concurrent.TimeoutException}
   * when it is not known in time whether it will be.
   */
  public CompletionStage<TenantReply> call(String tenant, TenantCommand command) {
    return ask(tenant, replyTo -> new TenantMessage.Call(tenant, command, replyTo));
  }

  public CompletionStage<TenantReply> read(String tenant) {
    return ask(tenant, replyTo -> new TenantMessage.Read(tenant, replyTo));
  }

  /**
   * The root of a budget tree is its entity; a plain tenant is its own root.
   *
   * <p>The stage that Pekko's Java API makes of an answer runs what follows in the JVM's common
   * pool. This one runs it where the actors run, which spares the answer a detour.
   */
  private CompletionStage<TenantReply> ask(
      String tenant, Function1<ActorRef<TenantReply>, TenantMessage> message) {
    CompletableFuture<TenantReply> answer = new CompletableFuture<>();
    sharding
        .entityRefFor(TYPE, tenant)
        .asScala()
        .<TenantReply>ask(message, askTimeout)
        .onComplete(
            result ->
                result.isSuccess()
                    ? answer.complete(result.get())
                    : answer.completeExceptionally(result.failed().get()),
            answering);
    return answer;
  }
}
