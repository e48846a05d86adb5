package io.quaestor.actors.regime;

import io.quaestor.persistence.SealedBatchListener;
import io.quaestor.persistence.SealedEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * The way of sealed batches into one regime's mailbox, with a bound. A batch that finds the mailbox
 * full is dropped: the writer never waits for learning, and all that was dropped still stands in
 * the chain, where the regime reads it as soon as its mailbox is empty.
 */
final class RegimeIntake implements SealedBatchListener {

  private final long waitingMax;
  private final AtomicLong waiting = new AtomicLong();
  private volatile long newest;
  private volatile @Nullable ActorRef<RegimeActor.Command> regime;

  RegimeIntake(long waitingMax) {
    this.waitingMax = waitingMax;
  }

  /** Begins to hand over; before that every batch is dropped. */
  void open(ActorRef<RegimeActor.Command> to) {
    regime = to;
  }

  @Override
  public void sealed(List<SealedEvent> batch) {
    // Before the mailbox is looked at: who empties it afterwards sees that there is more.
    newest = batch.getLast().seal().seq();
    ActorRef<RegimeActor.Command> to = regime;
    if (to != null && waiting.get() < waitingMax) {
      waiting.addAndGet(batch.size());
      to.tell(new RegimeActor.Sealed(batch));
    }
  }

  /** A batch has left the mailbox; one from before a restart is not counted any more. */
  void taken(List<SealedEvent> batch) {
    waiting.updateAndGet(before -> Math.max(0, before - batch.size()));
  }

  /** The actor begins anew: what waited for the one before may be lost, and is read again. */
  void restarted() {
    waiting.set(0);
  }

  /** Whether nothing waits although more was sealed than what was folded. */
  boolean hasDropped(long folded) {
    return waiting.get() <= 0 && newest > folded;
  }
}
