package io.quaestor.kernel.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The order within each entity: its events are numbered from 1 and none is missing. */
final class EntityOrder {

  private final Map<String, Long> last = new HashMap<>();

  Optional<Finding> next(String entity, long eseq) {
    long due = last.getOrDefault(entity, 0L) + 1;
    last.put(entity, eseq);
    return eseq == due
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "event %d of %s".formatted(eseq, entity), "event %d comes next".formatted(due)));
  }
}
