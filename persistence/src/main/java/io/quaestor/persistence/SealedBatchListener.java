package io.quaestor.persistence;

import java.util.List;

/**
 * A projection of the chain: gets every event after it was sealed and acknowledged, in the chain's
 * order, each exactly once while the process runs. Called by one thread at a time; what it throws
 * is logged and does not reach the writer.
 */
@FunctionalInterface
public interface SealedBatchListener {
  void sealed(List<SealedEvent> batch);
}
