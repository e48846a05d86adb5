package io.quaestor.kernel.learning;

import io.quaestor.kernel.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;

/**
 * The statistics of one regime: the moments of its requests, and what all tenants together reported
 * about each tier. Immutable, so the state is also the view that others read; a pure fold of a
 * chain's events, so the same chain gives the same bits. Two regimes' states, or those of one
 * regime from two chains, merge.
 *
 * @param spaces moments of each feature, by use case and number of features
 * @param pooled outcomes of a tier, by catalog, use case and tier
 */
public record RegimeState(
    int regime,
    long decisions,
    long anomalies,
    Moments magnitude,
    Map<String, List<Moments>> spaces,
    Map<String, Counts> pooled) {

  public RegimeState {
    spaces = Persistent.map(spaces);
    pooled = Persistent.map(pooled);
  }

  /**
   * Most spaces, one per tenant, use case and number of features; requests of further ones are told
   * apart by size and risk, and none of them is an anomaly.
   */
  static final int SPACES_MAX = 4_096;

  /** A quarter of an octave, in the unit of the magnitude: equal sizes are no reason for alarm. */
  private static final int MAGNITUDE_DEVIATION_MIN = 250;

  /** A quarter, in the unit of features: nor are features that are hardly ever set. */
  private static final int FEATURE_DEVIATION_MIN = 250_000;

  /** Most tiers with pooled outcomes. */
  static final int POOLED_MAX = 4_096;

  /** Fewest requests before one of them can be an anomaly. */
  private static final int REQUESTS_MIN = 30;

  public static RegimeState empty(int regime) {
    return new RegimeState(regime, 0, 0, Moments.NONE, HashTreePMap.empty(), HashTreePMap.empty());
  }

  static String tierKey(String catalog, String useCase, String tier) {
    return catalog + "|" + useCase + "|" + tier;
  }

  /**
   * The regime that an event belongs to, -1 for none. An event with numbers that no kernel writes
   * belongs to none: it is for the replay to name it, and not for a fold to break on it.
   */
  static int of(Event event) {
    return switch (event) {
      case Event.DecisionMade decision ->
          known(Objects.requireNonNullElse(decision.regime(), Regimes.NONE));
      case Event.OutcomeReported outcome when outcome.lesson() != null -> of(outcome.lesson());
      default -> Regimes.NONE;
    };
  }

  private static int of(Event.Lesson lesson) {
    boolean counts =
        lesson.scoreBps() >= 0 && lesson.scoreBps() <= 10_000 && lesson.halfLife() >= 0;
    return counts ? known(lesson.regime()) : Regimes.NONE;
  }

  private static int known(int regime) {
    return regime >= 0 && regime < Regimes.COUNT ? regime : Regimes.NONE;
  }

  /** The state after an event; this one when the event belongs to another regime. */
  public RegimeState evolve(Event event) {
    if (of(event) != regime) {
      return this;
    }
    return switch (event) {
      case Event.DecisionMade decision -> with(traits(decision), anomalous(decision));
      case Event.OutcomeReported outcome -> with(Objects.requireNonNull(outcome.lesson()));
      default -> this;
    };
  }

  private static boolean anomalous(Event.DecisionMade decision) {
    return decision.learned() != null && decision.learned().anomaly() != null;
  }

  private static Traits traits(Event.DecisionMade decision) {
    Event.Question question = decision.question();
    return new Traits(
        decision.tenant(),
        decision.useCase(),
        question.inputTokens(),
        question.riskBps(),
        question.difficultyBps(),
        features(question));
  }

  /** A list that no kernel writes is none; see {@link #of(Event)}. */
  private static List<Long> features(Event.Question question) {
    List<Long> features = question.featuresMicro();
    return features == null || features.stream().anyMatch(Objects::isNull) ? List.of() : features;
  }

  private RegimeState with(Traits traits, boolean anomalous) {
    return new RegimeState(
        regime,
        decisions + 1,
        anomalies + (anomalous ? 1 : 0),
        magnitude.plus(traits.magnitudeMilli()),
        with(traits.space(), traits.values()),
        pooled);
  }

  private Map<String, List<Moments>> with(String space, List<Long> features) {
    List<Moments> before = spaces.get(space);
    if (before == null && spaces.size() >= SPACES_MAX) {
      return spaces;
    }
    List<Moments> after = new ArrayList<>(features.size());
    for (int d = 0; d < features.size(); d++) {
      after.add((before == null ? Moments.NONE : before.get(d)).plus(features.get(d)));
    }
    return Persistent.plus(spaces, space, List.copyOf(after));
  }

  private RegimeState with(Event.Lesson lesson) {
    String key = tierKey(lesson.catalog(), lesson.useCase(), lesson.tier());
    Counts before = pooled.get(key);
    if (before == null && pooled.size() >= POOLED_MAX) {
      return this;
    }
    Counts after =
        Objects.requireNonNullElse(before, Counts.NONE).after(lesson.scoreBps(), lesson.halfLife());
    return new RegimeState(
        regime, decisions, anomalies, magnitude, spaces, Persistent.plus(pooled, key, after));
  }

  public Counts pooled(String catalog, String useCase, String tier) {
    return pooled.getOrDefault(tierKey(catalog, useCase, tier), Counts.NONE);
  }

  /** What both have seen. Moments merge exactly; counts do when nothing fades. */
  public RegimeState merge(RegimeState other) {
    Map<String, List<Moments>> allSpaces = spaces;
    for (var entry : other.spaces.entrySet()) {
      List<Moments> own = allSpaces.get(entry.getKey());
      allSpaces =
          Persistent.plus(
              allSpaces,
              entry.getKey(),
              own == null ? entry.getValue() : merge(own, entry.getValue()));
    }
    Map<String, Counts> allPooled = pooled;
    for (var entry : other.pooled.entrySet()) {
      Counts own = allPooled.getOrDefault(entry.getKey(), Counts.NONE);
      allPooled = Persistent.plus(allPooled, entry.getKey(), own.plus(entry.getValue()));
    }
    return new RegimeState(
        regime,
        decisions + other.decisions,
        anomalies + other.anomalies,
        magnitude.plus(other.magnitude),
        allSpaces,
        allPooled);
  }

  private static List<Moments> merge(List<Moments> one, List<Moments> other) {
    List<Moments> merged = new ArrayList<>(one.size());
    for (int d = 0; d < one.size(); d++) {
      merged.add(one.get(d).plus(other.get(d)));
    }
    return List.copyOf(merged);
  }

  /** What lies farthest from this regime's mean, or null when nothing is beyond the bound. */
  Event.@Nullable Anomaly anomaly(Traits traits, int zMilliMax) {
    if (zMilliMax == 0) {
      return null;
    }
    String trait = "magnitude";
    int farthest = 0;
    List<Moments> space = spaces.getOrDefault(traits.space(), List.of());
    List<Long> values = traits.values();
    for (int d = 0; d < space.size(); d++) {
      int least = d == 0 ? MAGNITUDE_DEVIATION_MIN : FEATURE_DEVIATION_MIN;
      int z = z(space.get(d), values.get(d), least);
      if (z > farthest) {
        farthest = z;
        trait = d == 0 ? "magnitude" : "features[%d]".formatted(d - 1);
      }
    }
    return farthest > zMilliMax ? new Event.Anomaly(trait, farthest) : null;
  }

  private static int z(Moments moments, long value, int deviationMin) {
    return moments.count() < REQUESTS_MIN ? 0 : moments.zMilli(value, deviationMin);
  }
}
