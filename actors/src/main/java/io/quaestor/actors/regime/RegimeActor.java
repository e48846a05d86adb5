package io.quaestor.actors.regime;

import io.quaestor.kernel.learning.RegimeState;
import io.quaestor.kernel.learning.Regimes;
import io.quaestor.persistence.ChainReader;
import io.quaestor.persistence.SealedEvent;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A regime actor owns the statistics of one regime: a projection of the chain. It folds sealed
 * events in the chain's order and publishes its view at the end of each epoch. What it missed,
 * because its mailbox was full or because it failed, it reads from the chain.
 */
final class RegimeActor {

  sealed interface Command {}

  /** Events that were sealed together, in the chain's order. */
  record Sealed(List<SealedEvent> batch) implements Command {}

  /** Looks in the chain for what was sealed and not handed over. */
  enum CatchUp implements Command {
    NOW
  }

  /** Such gaps are the price of a bounded mailbox; of this many records they are worth a line. */
  private static final long GAP_WORTH_A_LINE = Regimes.LAG_RECORDS_MAX;

  private final RegimeBoard board;
  private final RegimeIntake intake;
  private final ChainReader chain;
  private final ActorContext<Command> context;

  private RegimeState state;
  private long position;
  private long folded;

  /** Begins where the regime published last; so it goes on after a failure too. */
  static Behavior<Command> create(
      int regime, RegimeBoard board, RegimeIntake intake, ChainReader chain) {
    Behavior<Command> behavior =
        Behaviors.setup(
            context ->
                new RegimeActor(board.latest(regime), board, intake, chain, context).behavior());
    return Behaviors.supervise(behavior)
        .onFailure(
            SupervisorStrategy.restartWithBackoff(
                Duration.ofSeconds(1), Duration.ofSeconds(30), 0.1));
  }

  private RegimeActor(
      RegimeBoard.View from,
      RegimeBoard board,
      RegimeIntake intake,
      ChainReader chain,
      ActorContext<Command> context) {
    this.state = from.state();
    this.position = from.position();
    this.folded = from.position();
    this.board = board;
    this.intake = intake;
    this.chain = chain;
    this.context = context;
  }

  private Behavior<Command> behavior() {
    intake.restarted();
    context.getSelf().tell(CatchUp.NOW);
    return Behaviors.receive(Command.class)
        .onMessage(Sealed.class, message -> onSealed(message.batch()))
        .onMessage(CatchUp.class, now -> onCatchUp())
        .build();
  }

  private Behavior<Command> onSealed(List<SealedEvent> batch) {
    intake.taken(batch);
    if (batch.getFirst().seal().seq() > folded + 1) {
      readChain();
    }
    batch.forEach(this::fold);
    if (intake.hasDropped(folded)) {
      readChain();
    }
    return Behaviors.same();
  }

  private Behavior<Command> onCatchUp() {
    readChain();
    return Behaviors.same();
  }

  private void readChain() {
    long before = folded;
    chain.events(folded + 1, this::fold);
    if (folded - before >= GAP_WORTH_A_LINE) {
      context
          .getLog()
          .info(
              "regime {} was {} records behind; read from the chain",
              state.regime(),
              folded - before);
    }
  }

  /** Publishes the state as of the end of an epoch when the first record behind it comes. */
  private void fold(SealedEvent event) {
    long seq = event.seal().seq();
    if (seq <= folded) {
      return;
    }
    long end = Regimes.epochBefore(seq);
    if (end > position) {
      position = end;
      board.publish(new RegimeBoard.View(end, state));
    }
    state = state.evolve(event.event());
    folded = seq;
  }
}
