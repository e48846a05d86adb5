package io.quaestor.kernel.replay;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.learning.RegimeFold;
import io.quaestor.kernel.learning.Regimes;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The regimes' statistics at the last positions that a decision may name. They share what did not
 * change between them.
 */
final class RegimeHistory {

  /** A node decides on no statistics that are older: it goes without rather. */
  private static final long LAG_RECORDS_MAX = 2 * Regimes.LAG_RECORDS_MAX;

  private final TreeMap<Long, Regimes> byPosition = new TreeMap<>();
  private final RegimeFold fold = new RegimeFold(Regimes.EMPTY, this::published);

  RegimeHistory() {
    byPosition.put(0L, Regimes.EMPTY);
  }

  void accept(long seq, Event event) {
    fold.accept(seq, event);
  }

  private void published(Regimes regimes) {
    byPosition.put(regimes.position(), regimes);
    Long oldest = byPosition.higherKey(0L);
    if (oldest != null && oldest < regimes.position() - LAG_RECORDS_MAX) {
      byPosition.remove(oldest);
    }
  }

  /** The statistics that a decision names; empty when there are none of that position. */
  Optional<Regimes> at(Event.@Nullable Learned learned) {
    return learned == null
        ? Optional.of(Regimes.EMPTY)
        : Optional.ofNullable(byPosition.get(learned.position()));
  }
}
