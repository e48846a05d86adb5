package io.quaestor.kernel.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All regimes as they were at one position of the chain. Immutable; what follows is memoized. */
public final class Regimes {

  public static final int COUNT = 8;

  /** No regime. */
  static final int NONE = -1;

  /**
   * Records between two published views. A decision can so be replayed from one view per this many
   * records, whatever a live node's statistics lagged behind.
   */
  public static final int EPOCH_RECORDS = 64;

  /** A node that has folded this much less than it has recorded decides without statistics. */
  public static final long LAG_RECORDS_MAX = 32_768;

  public static final Regimes EMPTY = new Regimes(0, empty());

  private final long position;
  private final List<RegimeState> states;
  private final Map<String, Centroids> centroids = new ConcurrentHashMap<>();
  private final Map<String, Counts> everywhere = new ConcurrentHashMap<>();

  /**
   * @param position the number of the last record that is folded
   * @param states by regime
   */
  public Regimes(long position, List<RegimeState> states) {
    if (states.size() != COUNT) {
      throw new IllegalArgumentException("there are %d regimes".formatted(COUNT));
    }
    this.position = position;
    this.states = List.copyOf(states);
  }

  private static List<RegimeState> empty() {
    List<RegimeState> states = new ArrayList<>(COUNT);
    for (int regime = 0; regime < COUNT; regime++) {
      states.add(RegimeState.empty(regime));
    }
    return states;
  }

  /** The end of the epoch before a record: what may be published when that record comes. */
  public static long epochBefore(long seq) {
    return (seq - 1) / EPOCH_RECORDS * EPOCH_RECORDS;
  }

  public long position() {
    return position;
  }

  public List<RegimeState> states() {
    return states;
  }

  public RegimeState state(int regime) {
    return states.get(regime);
  }

  int classify(Traits traits) {
    return Classifier.of(traits).regime(traits, this);
  }

  /** Whether requests of this space can be told apart by features, or there are too many spaces. */
  boolean takes(String space) {
    return states.getFirst().spaces().size() < RegimeState.SPACES_MAX
        || states.getFirst().spaces().containsKey(space);
  }

  Centroids centroids(String space) {
    // What is empty stays, so nothing may be kept of it.
    return this == EMPTY ? centroidsOf(space) : centroids.computeIfAbsent(space, this::centroidsOf);
  }

  private Centroids centroidsOf(String key) {
    return new Centroids(
        states.stream().map(state -> state.spaces().getOrDefault(key, List.of())).toList());
  }

  /** What was reported about a tier in all regimes. */
  Counts everywhere(String catalog, String useCase, String tier) {
    if (this == EMPTY) {
      return Counts.NONE;
    }
    return everywhere.computeIfAbsent(
        RegimeState.tierKey(catalog, useCase, tier),
        key ->
            states.stream()
                .map(state -> state.pooled().getOrDefault(key, Counts.NONE))
                .reduce(Counts.NONE, Counts::plus));
  }
}
