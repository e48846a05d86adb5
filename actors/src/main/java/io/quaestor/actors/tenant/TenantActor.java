package io.quaestor.actors.tenant;

import io.quaestor.kernel.event.Event.TenantEvent;
import io.quaestor.kernel.tenant.DecisionTerms;
import io.quaestor.kernel.tenant.Recalled;
import io.quaestor.kernel.tenant.TenantCommand;
import io.quaestor.kernel.tenant.TenantDecider;
import io.quaestor.kernel.tenant.TenantState;
import io.quaestor.kernel.tenant.Verdict;
import io.quaestor.kernel.tenant.Verdict.Step;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.chain.Seal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandlerWithReply;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import org.apache.pekko.persistence.typed.javadsl.ReplyEffect;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/**
 * The tenant actor owns one tenant's state: budget, reservations and the calls it has answered. It
 * is the envelope of {@link TenantDecider}: it brings in time and memory, persists what was decided
 * and answers only when that is sealed.
 */
public final class TenantActor
    extends EventSourcedBehaviorWithEnforcedReplies<TenantActor.Command, TenantEvent, TenantState> {

  public static final String ENTITY_TYPE = "tenant";

  public sealed interface Command {}

  /** Calls to decide in order, to persist with one write, and to answer when that is sealed. */
  record Batch(List<TenantMessage.Ask> asks, Instant at, ActorRef<TenantMessage.BatchDone> replyTo)
      implements Command {}

  /** The earliest open reservation has reached its expiry. */
  private enum ExpiryDue implements Command {
    INSTANCE
  }

  /** What the actor needs from the node. */
  public record Node(
      NodeChain chain,
      Supplier<DecisionTerms> terms,
      TenantSettings settings,
      InstantSource clock) {}

  private static final Duration NO_ROOM_RETRY = Duration.ofSeconds(10);

  private final String tenant;
  private final Node node;
  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;

  /** Steps that were decided and are being persisted: their states need not be folded again. */
  private final Deque<Step> ahead = new ArrayDeque<>();

  private @Nullable Instant nextExpiry;
  private long snapshotVersion;

  public static Behavior<Command> create(String tenant, Node node) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new TenantActor(tenant, node, context, timers)));
  }

  public static PersistenceId persistenceId(String tenant) {
    return PersistenceId.of(ENTITY_TYPE, tenant);
  }

  private TenantActor(
      String tenant, Node node, ActorContext<Command> context, TimerScheduler<Command> timers) {
    super(persistenceId(tenant));
    this.tenant = tenant;
    this.node = node;
    this.context = context;
    this.timers = timers;
  }

  @Override
  public TenantState emptyState() {
    return TenantState.unknown(tenant, node.settings().bounds());
  }

  // ---- commands --------------------------------------------------------------------------------

  @Override
  public CommandHandlerWithReply<Command, TenantEvent, TenantState> commandHandler() {
    return (state, command) ->
        switch (command) {
          case Batch batch -> onBatch(state, batch);
          case ExpiryDue due -> onExpiryDue(state);
        };
  }

  private ReplyEffect<TenantEvent, TenantState> onBatch(TenantState state, Batch batch) {
    if (!node.chain().hasRoomToWrite()) {
      return refuse(state, batch);
    }
    // What is due expires first, so that a look at the budget sees it too.
    List<Step> steps = new ArrayList<>(TenantDecider.expire(state, node.terms().get(), batch.at()));
    List<Answer> answers = new ArrayList<>(batch.asks().size());
    for (TenantMessage.Ask ask : batch.asks()) {
      TenantState now = steps.isEmpty() ? state : steps.getLast().after();
      answers.add(
          switch (ask) {
            case TenantMessage.Read read -> new Answer.Now(read, view(now));
            case TenantMessage.Call call -> decide(call, now, batch.at(), steps);
          });
    }
    return persist(steps)
        .thenRun(after -> answer(answers, steps, after))
        .thenReply(batch.replyTo(), this::done);
  }

  /** Nothing can be written: calls are refused before they are decided, looks are answered. */
  private ReplyEffect<TenantEvent, TenantState> refuse(TenantState state, Batch batch) {
    for (TenantMessage.Ask ask : batch.asks()) {
      ask.replyTo()
          .tell(
              switch (ask) {
                case TenantMessage.Read read -> view(state);
                case TenantMessage.Call call -> new TenantReply.NoRoom();
              });
    }
    return Effect().none().thenReply(batch.replyTo(), this::done);
  }

  private Answer decide(TenantMessage.Call call, TenantState state, Instant at, List<Step> steps) {
    if (call.command() instanceof TenantCommand.Route && !node.chain().hasRoomForDecisions()) {
      return new Answer.Now(call, new TenantReply.NoRoom());
    }
    DecisionTerms terms = node.terms().get();
    Verdict verdict =
        TenantDecider.decide(
            state, call.command(), recall(state, call.command(), terms, steps), terms, at);
    steps.addAll(verdict.steps());
    TenantState after = verdict.steps().isEmpty() ? state : verdict.steps().getLast().after();
    return switch (verdict.answer()) {
      case Verdict.Recorded recorded -> new Answer.At(call, after.ledger().version());
      case Verdict.Repeated repeated -> new Answer.At(call, repeated.version());
      case Verdict.Denied denied -> new Answer.Now(call, new TenantReply.Denied(denied.refusal()));
    };
  }

  /** What the chain knows of a decision that is not in memory any more. */
  private @Nullable Recalled recall(
      TenantState state, TenantCommand command, DecisionTerms terms, List<Step> unsealed) {
    String id = Recalled.needed(state, command, terms);
    Recalled recalled = id == null ? null : Recollection.of(node.chain(), id);
    return recalled == null ? null : recalled.after(unsealed);
  }

  private ReplyEffect<TenantEvent, TenantState> onExpiryDue(TenantState state) {
    Instant now = node.clock().instant().truncatedTo(ChronoUnit.MICROS);
    nextExpiry = null;
    if (!node.chain().hasRoomToWrite()) {
      timers.startSingleTimer(ExpiryDue.INSTANCE, NO_ROOM_RETRY);
      return Effect().noReply();
    }
    List<Step> steps = TenantDecider.expire(state, node.terms().get(), now);
    return persist(steps)
        .thenRun(
            after -> {
              node.chain().forgetSeals(persistenceId().id());
              scheduleExpiry(after);
            })
        .thenNoReply();
  }

  private EffectBuilder<TenantEvent, TenantState> persist(List<Step> steps) {
    if (steps.isEmpty()) {
      return Effect().none();
    }
    ahead.clear();
    ahead.addAll(steps);
    return Effect().persist(steps.stream().map(Step::event).toList());
  }

  // ---- answers ---------------------------------------------------------------------------------

  /** An answer that waits for the seal of an event, or one that needs none. */
  private sealed interface Answer {
    TenantMessage.Ask ask();

    record At(TenantMessage.Ask ask, long version) implements Answer {}

    record Now(TenantMessage.Ask ask, TenantReply reply) implements Answer {}
  }

  private void answer(List<Answer> answers, List<Step> steps, TenantState after) {
    long last = after.ledger().version();
    long first = last - steps.size() + 1;
    List<Seal> seals =
        steps.isEmpty() ? List.of() : node.chain().takeSeals(persistenceId().id(), first, last);
    for (Answer answer : answers) {
      answer
          .ask()
          .replyTo()
          .tell(
              switch (answer) {
                case Answer.Now now -> now.reply();
                case Answer.At at when at.version() >= first -> {
                  int index = Math.toIntExact(at.version() - first);
                  yield new TenantReply.Sealed(steps.get(index).event(), seals.get(index));
                }
                case Answer.At at ->
                    Recollection.reply(node.chain(), persistenceId().id(), at.version());
              });
    }
    scheduleExpiry(after);
  }

  private TenantMessage.BatchDone done(TenantState state) {
    return new TenantMessage.BatchDone(state.ledger().reservations().openCount());
  }

  private TenantReply view(TenantState state) {
    return new TenantReply.View(
        tenant,
        state.defined(),
        state.mode(),
        state.ledger().budget(),
        state.ledger().blocked(),
        state.ledger().reservedMaxMicrocents(),
        state.ledger().reservations().openCount(),
        state.learning());
  }

  // ---- events, recovery, expiry ----------------------------------------------------------------

  @Override
  public EventHandler<TenantState, TenantEvent> eventHandler() {
    return (state, event) -> {
      Step decided = ahead.pollFirst();
      return decided != null && decided.event() == event ? decided.after() : state.evolve(event);
    };
  }

  @Override
  public SignalHandler<TenantState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.class, (state, signal) -> onRecovered(state))
        .build();
  }

  private void onRecovered(TenantState state) {
    long recorded = lastSequenceNumber(context);
    if (state.ledger().version() != recorded) {
      throw new IllegalStateException(
          "tenant %s recovered %d events, but %d are recorded"
              .formatted(tenant, state.ledger().version(), recorded));
    }
    snapshotVersion = recorded;
    scheduleExpiry(state);
  }

  /** One timer for the earliest expiry; it is rebuilt from the state, so it survives a crash. */
  private void scheduleExpiry(TenantState state) {
    Instant next = state.ledger().reservations().nextExpiry();
    if (next == null || next.equals(nextExpiry)) {
      return;
    }
    nextExpiry = next;
    Duration wait = Duration.between(node.clock().instant(), next);
    timers.startSingleTimer(
        ExpiryDue.INSTANCE, wait.isNegative() ? Duration.ZERO : wait.plusMillis(1));
  }

  // ---- snapshots -------------------------------------------------------------------------------

  private static final long SNAPSHOT_EVENTS_MIN = 1_000;

  /**
   * A snapshot is worth its size only when it spares replaying at least as much: so the more is in
   * memory, the rarer it is taken.
   */
  @Override
  public boolean shouldSnapshot(TenantState state, TenantEvent event, long sequenceNr) {
    long entries = (long) state.ledger().reservations().size() + state.ledger().keys().size();
    if (sequenceNr - snapshotVersion < Math.max(SNAPSHOT_EVENTS_MIN, 2 * entries)) {
      return false;
    }
    snapshotVersion = sequenceNr;
    return true;
  }
}
