package io.quaestor.actors.regime;

import io.quaestor.kernel.learning.Regimes;
import io.quaestor.persistence.NodeChain;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Saves the regimes every so many records, on a thread that may wait for the disk. While one
 * snapshot is being saved only the newest that is due is remembered.
 */
final class SnapshotKeeper {

  /** Something is due. */
  enum Save {
    NEWEST
  }

  private final long every;
  private final AtomicReference<@Nullable Regimes> due = new AtomicReference<>();
  private volatile @Nullable ActorRef<Save> saver;
  private long last; // of the thread that completes
  private boolean closed; // under this object's lock

  /**
   * @param every records from one snapshot to the next; 0 = none are taken
   * @param last where the one was that the node started with
   */
  SnapshotKeeper(long every, long last) {
    this.every = every;
    this.last = last;
  }

  void open(ActorRef<Save> to) {
    saver = to;
  }

  /** Takes the regimes as they are now; by one thread at a time. */
  void completed(Regimes regimes) {
    ActorRef<Save> to = saver;
    if (every == 0 || to == null || regimes.position() - last < every) {
      return;
    }
    last = regimes.position();
    if (due.getAndSet(regimes) == null) {
      to.tell(Save.NEWEST);
    }
  }

  /** The behavior of the actor that saves. */
  Behavior<Save> saving(NodeChain chain, RegimeSnapshots snapshots) {
    Behavior<Save> behavior =
        Behaviors.receiveMessage(
            message -> {
              save(chain, snapshots);
              return Behaviors.same();
            });
    // What failed the storage ends the node; whatever else it was, the next snapshot is as good.
    return Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume());
  }

  private synchronized void save(NodeChain chain, RegimeSnapshots snapshots) {
    Regimes regimes = due.getAndSet(null);
    if (regimes != null && !closed && chain.hasRoomForDecisions()) {
      snapshots.save(regimes);
    }
  }

  /** Ends what is being saved and saves no more: a node's last record is that of its stop. */
  synchronized void close() {
    closed = true;
  }
}
