package io.quaestor.actors.regime;

import io.quaestor.kernel.learning.RegimeFold;
import io.quaestor.kernel.learning.Regimes;
import io.quaestor.persistence.NodeChain;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The regimes of a running node: eight actors behind the chain, and the newest view of them.
 *
 * <pre>
 *  chain --sealed batch--> RegimeIntake x8 --> RegimeActor x8 --view--> RegimeBoard --> tenants
 *    ^                                             ^                        |
 *    |                                             +-- what was dropped     v
 *    +------------------- SnapshotSaved x8 ----------------------------- SnapshotKeeper
 * </pre>
 */
public final class LiveRegimes {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRegimes.class);

  private static final DispatcherSelector FOLDING =
      DispatcherSelector.fromConfig("quaestor.dispatchers.regimes");

  private final NodeChain chain;
  private final RegimeBoard board;

  LiveRegimes(NodeChain chain, RegimeBoard board) {
    this.chain = chain;
    this.board = board;
  }

  /** Starts the actors behind a chain; completes when they have what the chain holds. */
  public static CompletionStage<LiveRegimes> start(
      ActorSystem<?> system, NodeChain chain, LearningSettings settings) {
    Executor waiting = system.dispatchers().lookup(DispatcherSelector.blocking());
    return CompletableFuture.supplyAsync(() -> started(system, chain, settings), waiting);
  }

  private static LiveRegimes started(
      ActorSystem<?> system, NodeChain chain, LearningSettings settings) {
    RegimeSnapshots snapshots = new RegimeSnapshots(chain);
    Regimes saved = snapshots.latest();
    Regimes published = fold(chain, saved);
    SnapshotKeeper keeper = new SnapshotKeeper(settings.snapshotEvery(), saved.position());
    RegimeBoard board = new RegimeBoard(published, keeper::completed);
    keeper.open(
        system.systemActorOf(
            keeper.saving(chain, snapshots), "regime-snapshots", DispatcherSelector.blocking()));
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseServiceStop(),
            "no-more-snapshots-of-regimes",
            () -> {
              keeper.close();
              return CompletableFuture.completedFuture(Done.getInstance());
            });
    for (int regime = 0; regime < Regimes.COUNT; regime++) {
      start(regime, system, chain, board, settings);
    }
    return new LiveRegimes(chain, board);
  }

  /**
   * The listener comes first, then the look into the chain: what is sealed in between is found by
   * the one or by the other, and what both find is folded once.
   */
  private static void start(
      int regime,
      ActorSystem<?> system,
      NodeChain chain,
      RegimeBoard board,
      LearningSettings settings) {
    RegimeIntake intake = new RegimeIntake(settings.waitingMax());
    chain.addListener(intake);
    ActorRef<RegimeActor.Command> actor =
        system.systemActorOf(
            RegimeActor.create(regime, board, intake, chain.reader()), "regime-" + regime, FOLDING);
    intake.open(actor);
    actor.tell(RegimeActor.CatchUp.NOW);
  }

  /** One reading of the tail for all eight; the last views that it publishes. */
  private static Regimes fold(NodeChain chain, Regimes saved) {
    long began = System.nanoTime();
    AtomicReference<Regimes> published = new AtomicReference<>(saved);
    RegimeFold fold = new RegimeFold(saved, published::set);
    chain
        .reader()
        .events(saved.position() + 1, each -> fold.accept(each.seal().seq(), each.event()));
    Regimes latest = published.get();
    LOG.info(
        "regimes folded up to record {}, from a snapshot at {}, in {} ms",
        latest.position(),
        saved.position(),
        (System.nanoTime() - began) / 1_000_000);
    return latest;
  }

  /**
   * The newest view. None when the actors have fallen so far behind that a replay would not keep
   * the position any more: deciding without statistics is safe, deciding on forgotten ones is not
   * to be proved.
   */
  public Regimes current() {
    Regimes newest = board.current();
    return chain.head().seq() - newest.position() > Regimes.LAG_RECORDS_MAX
        ? Regimes.EMPTY
        : newest;
  }
}
