package io.quaestor.persistence.journal;

import com.typesafe.config.Config;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.NodeChains;
import io.quaestor.persistence.chain.Draft;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.event.Logging;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.japi.pf.ReceiveBuilder;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.PartialFunction;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.concurrent.Promise;
import scala.runtime.BoxedUnit;

/**
 * The journal of a node: owns the writes that wait for a sync.
 *
 * <p>Batches form by themselves, with no timer. The first write sends {@code Flush} to the journal
 * itself; all that arrives before {@code Flush} is handled, and all that arrives while the batch
 * before is being sealed, is one batch: one write, one sync.
 *
 * <pre>
 *  WriteMessages --> pending --Flush--> Sealer: append, sync, acknowledge, projections
 *                       ^                  |
 *                       +---- BatchDone <--+
 * </pre>
 */
public final class SealedJournal extends AsyncWriteJournal {

  private static final int REPLAY_CHUNK = 256;

  private enum Flush {
    FLUSH
  }

  private final LoggingAdapter log;
  private final NodeChain chain;
  private final Representations representations;
  private final HighestNumbers highest;
  private final ActorRef sealer;
  private final ExecutionContext replaying;
  private final int batchRecordsMax;
  private final long batchBytesMax;

  private final Deque<PendingWrite> pending = new ArrayDeque<>();
  private boolean flushSent;
  private boolean sealing;
  private Future<?> lastWrite = Futures.successful(BoxedUnit.UNIT);

  public SealedJournal(Config config) {
    ExtendedActorSystem system = (ExtendedActorSystem) context().system();
    log = Logging.getLogger(system, this);
    chain = NodeChains.get(system).chain(config);
    representations = new Representations(system);
    highest = new HighestNumbers(chain.reader()::highestEseq);
    sealer =
        context().actorOf(Sealer.props(chain, config.getString("sealer-dispatcher")), "sealer");
    replaying = system.dispatchers().lookup(config.getString("replay-dispatcher"));
    batchRecordsMax = config.getInt("batch-records-max");
    batchBytesMax = config.getBytes("batch-bytes-max");
  }

  // ---- writing ----------------------------------------------------------------------------------

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    List<Draft> drafts = new ArrayList<>();
    List<Optional<Exception>> results = new ArrayList<>();
    for (AtomicWrite write : messages) {
      results.add(accept(write, drafts));
    }
    if (drafts.isEmpty()) {
      return Futures.successful(results);
    }
    Draft first = drafts.getFirst();
    try {
      highest.advance(first.entity(), first.eseq(), drafts.getLast().eseq());
    } catch (WriteConflict e) {
      return Futures.failed(e);
    }
    Promise<Iterable<Optional<Exception>>> done = Futures.promise();
    pending.add(new PendingWrite(drafts, results, done));
    lastWrite = done.future();
    if (!flushSent && !sealing) {
      flushSent = true;
      self().tell(Flush.FLUSH, self());
    }
    return done.future();
  }

  /** Adds the events of an atomic write, or answers why it is rejected. */
  private Optional<Exception> accept(AtomicWrite write, List<Draft> drafts) {
    try {
      drafts.addAll(representations.drafts(write));
      return Optional.empty();
    } catch (Exception e) { // serializers written in Scala throw checked exceptions unannounced
      log.error(
          e,
          "an event of {} with number {} is rejected, it cannot be serialized",
          write.persistenceId(),
          write.lowestSequenceNr());
      return Optional.of(e);
    }
  }

  @Override
  public PartialFunction<Object, BoxedUnit> receivePluginInternal() {
    return ReceiveBuilder.create()
        .match(
            Flush.class,
            flush -> {
              flushSent = false;
              sealNext();
            })
        .match(Sealer.BatchDone.class, this::batchDone)
        .build()
        .onMessage();
  }

  private void batchDone(Sealer.BatchDone done) {
    sealing = false;
    done.failed().forEach(write -> highest.forget(write.drafts().getFirst().entity()));
    sealNext();
  }

  private void sealNext() {
    if (sealing || pending.isEmpty()) {
      return;
    }
    List<PendingWrite> batch = new ArrayList<>();
    int records = 0;
    long bytes = 0;
    while (!pending.isEmpty()) {
      PendingWrite next = pending.peek();
      records += next.drafts().size();
      bytes += next.bytesMax();
      if (!batch.isEmpty() && (records > batchRecordsMax || bytes > batchBytesMax)) {
        break;
      }
      batch.add(pending.remove());
    }
    sealing = true;
    sealer.tell(new Sealer.SealBatch(batch), self());
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String entity, long toEseq) {
    Promise<Void> done = Futures.promise();
    sealer.tell(new Sealer.Delete(entity, toEseq, done), self());
    return done.future();
  }

  // ---- reading ----------------------------------------------------------------------------------

  @Override
  public Future<Void> doAsyncReplayMessages(
      String entity, long from, long to, long max, Consumer<PersistentRepr> replay) {
    return Futures.future(
        () -> {
          replay(entity, from, to, max, replay);
          return Nothing.nothing();
        },
        replaying);
  }

  private void replay(
      String entity, long from, long to, long max, Consumer<PersistentRepr> replay) {
    long next = Math.max(Math.max(from, 1), chain.reader().deletedTo(entity) + 1);
    long left = max;
    while (left > 0 && next <= to) {
      int chunk = (int) Math.min(left, REPLAY_CHUNK);
      var records = chain.reader().records(entity, next, to, chunk);
      records.forEach(record -> replay.accept(representations.representation(record)));
      if (records.size() < chunk) {
        return;
      }
      left -= records.size();
      next = records.getLast().envelope().eseq() + 1;
    }
  }

  /**
   * Answered after all writes that are under way, because a restarted actor may ask before its last
   * write has landed.
   */
  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String entity, long from) {
    if (lastWrite.isCompleted()) {
      return Futures.future(() -> chain.reader().highestEseq(entity), replaying);
    }
    Promise<Long> answer = Futures.promise();
    lastWrite.onComplete(
        landed ->
            answer.completeWith(
                Futures.future(() -> chain.reader().highestEseq(entity), replaying)),
        replaying);
    return answer.future();
  }
}
