package io.quaestor.persistence.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The highest number of each entity that wrote lately; the others are looked up. */
final class HighestNumbers {

  private static final int ENTITIES_MAX = 50_000;

  private final Map<String, Long> known =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > ENTITIES_MAX;
        }
      };
  private final ToLongFunction<String> lookup;

  HighestNumbers(ToLongFunction<String> lookup) {
    this.lookup = lookup;
  }

  /** Takes the next number of an entity, or throws when there is such an event. */
  void advance(String entity, long from, long to) {
    long highest = known.computeIfAbsent(entity, lookup::applyAsLong);
    if (from <= highest) {
      throw new WriteConflict(entity, from, highest);
    }
    known.put(entity, to);
  }

  /** After a failed write nothing is known about its entity. */
  void forget(String entity) {
    known.remove(entity);
  }
}
