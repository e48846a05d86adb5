package io.quaestor.persistence.journal;

import io.quaestor.kernel.event.Event.EventsDeleted;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.chain.Draft;
import java.util.List;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.Props;
import scala.concurrent.Promise;

/**
 * Writes and syncs one batch after the other, on a thread of its own, while the next one gathers.
 */
final class Sealer extends AbstractActor {

  private final NodeChain chain;

  Sealer(NodeChain chain) {
    this.chain = chain;
  }

  static Props props(NodeChain chain, String dispatcher) {
    return Props.create(Sealer.class, () -> new Sealer(chain)).withDispatcher(dispatcher);
  }

  record SealBatch(List<PendingWrite> writes) {}

  record Delete(String entity, long toEseq, Promise<Void> done) {}

  /** The batch is done; the next one may come. Nothing is known about what it failed to write. */
  record BatchDone(List<PendingWrite> failed) {}

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(SealBatch.class, this::seal)
        .match(Delete.class, this::delete)
        .build();
  }

  private void seal(SealBatch batch) {
    List<Draft> drafts = batch.writes().stream().flatMap(write -> write.drafts().stream()).toList();
    List<PendingWrite> failed = List.of();
    try {
      chain.append(drafts);
      batch.writes().forEach(write -> write.done().success(write.results()));
    } catch (RuntimeException e) {
      failed = batch.writes();
      failed.forEach(write -> write.done().tryFailure(e));
    }
    getSender().tell(new BatchDone(failed), getSelf());
    chain.deliver();
  }

  /** Deletion is a mark in the chain: its records cannot go, and the highest number stays. */
  private void delete(Delete command) {
    try {
      String entity = command.entity();
      long to = Math.min(command.toEseq(), chain.reader().highestEseq(entity));
      if (to > chain.reader().deletedTo(entity)) {
        chain.appendNode(new EventsDeleted(entity, to));
      }
      command.done().success(Nothing.nothing());
    } catch (RuntimeException e) {
      command.done().tryFailure(e);
    }
  }
}
