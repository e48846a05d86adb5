package io.quaestor.persistence;

import io.quaestor.persistence.chain.Sealed;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands sealed batches to the projections, in the order in which they were sealed. */
final class BatchDelivery {

  private static final Logger LOG = LoggerFactory.getLogger(BatchDelivery.class);

  private final List<SealedBatchListener> listeners = new CopyOnWriteArrayList<>();
  private final Queue<List<SealedEvent>> sealed = new ConcurrentLinkedQueue<>();
  private final Object delivering = new Object();

  void add(SealedBatchListener listener) {
    listeners.add(listener);
  }

  /** Called by the writer, in order. */
  void enqueue(List<Sealed> batch) {
    if (listeners.isEmpty()) {
      return;
    }
    List<SealedEvent> events = new ArrayList<>(batch.size());
    for (Sealed each : batch) {
      var event = each.draft().event();
      if (event != null) {
        events.add(new SealedEvent(event, each.seal(), each.at(), each.draft().eseq()));
      }
    }
    if (!events.isEmpty()) {
      sealed.add(List.copyOf(events));
    }
  }

  /** Delivers what has been enqueued, by any thread. */
  void deliver() {
    if (sealed.isEmpty()) {
      return;
    }
    synchronized (delivering) {
      List<SealedEvent> batch;
      while ((batch = sealed.poll()) != null) {
        for (SealedBatchListener listener : listeners) {
          tell(listener, batch);
        }
      }
    }
  }

  private static void tell(SealedBatchListener listener, List<SealedEvent> batch) {
    try {
      listener.sealed(batch);
    } catch (RuntimeException e) {
      LOG.error("a projection failed on a sealed batch", e);
    }
  }
}
