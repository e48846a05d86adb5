package io.quaestor.persistence.journal;

import io.quaestor.persistence.chain.Draft;
import java.util.List;
import java.util.Optional;
import scala.concurrent.Promise;

/**
 * One call of the journal that waits for its sync.
 *
 * @param drafts the events of all accepted atomic writes, in order
 * @param results for each atomic write why it was rejected, if it was
 * @param done completed after the sync
 */
record PendingWrite(
    List<Draft> drafts,
    List<Optional<Exception>> results,
    Promise<Iterable<Optional<Exception>>> done) {

  int bytesMax() {
    return drafts.stream().mapToInt(Draft::bytesMax).sum();
  }
}
