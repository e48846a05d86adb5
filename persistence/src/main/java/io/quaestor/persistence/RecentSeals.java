package io.quaestor.persistence;

import io.quaestor.persistence.chain.Seal;
import io.quaestor.persistence.chain.Sealed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The seals of each entity's last write, for the actor that is about to answer. Holds one entry per
 * entity; whoever comes later finds the seals through the index.
 */
final class RecentSeals {

  private final Map<String, Map<Long, Seal>> byEntity = new ConcurrentHashMap<>();

  /** Remembers the events that actors wrote. */
  void publish(List<Sealed> batch) {
    Map<String, Map<Long, Seal>> fresh = new HashMap<>();
    for (Sealed sealed : batch) {
      if (sealed.draft().event() != null && sealed.draft().writer() != null) {
        fresh
            .computeIfAbsent(sealed.draft().entity(), entity -> HashMap.newHashMap(2))
            .put(sealed.draft().eseq(), sealed.seal());
      }
    }
    byEntity.putAll(fresh);
  }

  /** Forgets an entity whose last write nobody will answer. */
  void forget(String entity) {
    byEntity.remove(entity);
  }

  /** Removes and answers the seals of a range; empty when one of them is not here. */
  List<Seal> take(String entity, long from, long to) {
    Map<Long, Seal> recent = byEntity.remove(entity);
    if (recent == null) {
      return List.of();
    }
    List<Seal> seals = new ArrayList<>();
    for (long eseq = from; eseq <= to; eseq++) {
      Seal seal = recent.get(eseq);
      if (seal == null) {
        return List.of();
      }
      seals.add(seal);
    }
    return seals;
  }
}
