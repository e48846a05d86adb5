package io.quaestor.actors.tenant;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/**
 * The inbox owns a tenant's queue: it is the sharded entity, and {@link TenantActor} is its child.
 *
 * <p>An event-sourced actor takes no message while it persists. So that one tenant is not limited
 * to one sync at a time, the inbox gathers calls while a batch is being sealed and hands over all
 * of them as the next batch: batches grow by nature under load, with no timer. The queue is bounded
 * here, where "busy" can still be answered, and not in a stash, where calls would vanish.
 */
public final class TenantInbox extends AbstractBehavior<TenantMessage> {

  private final String tenant;
  private final TenantSettings settings;
  private final InstantSource clock;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final ActorRef<TenantActor.Command> actor;

  private final Queue<TenantMessage.Ask> waiting = new ArrayDeque<>();
  private List<TenantMessage.Ask> sealing = List.of();
  private boolean batchUnderWay;
  private int openReservations;
  private boolean stopping;
  private boolean tenantStopped;

  /** The behavior that {@code actorFactory} makes for a new inbox is the tenant itself. */
  public static Behavior<TenantMessage> create(
      String tenant,
      TenantSettings settings,
      InstantSource clock,
      ActorRef<ClusterSharding.ShardCommand> shard,
      Behavior<TenantActor.Command> tenantActor) {
    return Behaviors.setup(
        context -> new TenantInbox(context, tenant, settings, clock, shard, tenantActor));
  }

  private TenantInbox(
      ActorContext<TenantMessage> context,
      String tenant,
      TenantSettings settings,
      InstantSource clock,
      ActorRef<ClusterSharding.ShardCommand> shard,
      Behavior<TenantActor.Command> tenantActor) {
    super(context);
    this.tenant = tenant;
    this.settings = settings;
    this.clock = clock;
    this.shard = shard;
    this.actor = context.spawn(tenantActor, "tenant");
    context.watch(actor);
    context.setReceiveTimeout(settings.passivateAfter(), TenantMessage.Idle.INSTANCE);
  }

  @Override
  public Receive<TenantMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(TenantMessage.Call.class, this::onAsk)
        .onMessage(TenantMessage.Read.class, this::onAsk)
        .onMessage(TenantMessage.BatchDone.class, this::onBatchDone)
        .onMessage(TenantMessage.Idle.class, idle -> onIdle())
        .onMessage(TenantMessage.Stop.class, stop -> onStop())
        .onSignal(Terminated.class, terminated -> onTenantStopped())
        .build();
  }

  private Behavior<TenantMessage> onAsk(TenantMessage.Ask ask) {
    if (!ask.tenant().equals(tenant)) {
      getContext()
          .getLog()
          .error(
              "a message for tenant {} reached tenant {}; it was not acted on",
              ask.tenant(),
              tenant);
      ask.replyTo().tell(new TenantReply.Busy());
    } else if (tenantStopped || waiting.size() >= settings.waitingMax()) {
      ask.replyTo().tell(new TenantReply.Busy());
    } else {
      waiting.add(ask);
      sealNext();
    }
    return this;
  }

  private Behavior<TenantMessage> onBatchDone(TenantMessage.BatchDone done) {
    batchUnderWay = false;
    sealing = List.of();
    openReservations = done.openReservations();
    sealNext();
    return stopping && !batchUnderWay ? Behaviors.stopped() : this;
  }

  private void sealNext() {
    if (batchUnderWay || waiting.isEmpty()) {
      return;
    }
    List<TenantMessage.Ask> batch = new ArrayList<>();
    while (batch.size() < settings.batchMax() && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    hand(batch);
  }

  private void hand(List<TenantMessage.Ask> batch) {
    batchUnderWay = true;
    sealing = batch;
    actor.tell(
        new TenantActor.Batch(
            batch,
            // Records carry microseconds; what is decided on must be what is recorded.
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            getContext().getSelf().narrow()));
  }

  /**
   * A tenant with open reservations stays, so that they expire on time. Whether there still are any
   * is asked with an empty batch, because expiries do not pass through here.
   */
  private Behavior<TenantMessage> onIdle() {
    if (!batchUnderWay) {
      if (openReservations == 0 || tenantStopped) {
        shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
      } else {
        hand(List.of());
      }
    }
    return this;
  }

  private Behavior<TenantMessage> onStop() {
    stopping = true;
    return batchUnderWay ? this : Behaviors.stopped();
  }

  /**
   * The tenant stops itself when storing fails. What was under way may or may not be recorded. The
   * inbox goes by passivation: so the calls that are on their way to it are answered or passed on
   * to the next one, and none is left waiting.
   */
  private Behavior<TenantMessage> onTenantStopped() {
    sealing.forEach(ask -> ask.replyTo().tell(new TenantReply.Indeterminate()));
    waiting.forEach(ask -> ask.replyTo().tell(new TenantReply.Busy()));
    sealing = List.of();
    waiting.clear();
    batchUnderWay = false;
    tenantStopped = true;
    if (stopping) {
      return Behaviors.stopped();
    }
    shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
    return this;
  }
}
