package io.quaestor.kernel.learning;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.Lesson;
import io.quaestor.kernel.event.Event.PriceMove;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;

/**
 * What one tenant's outcomes have taught about one use case on one catalog.
 *
 * @param lessons outcomes learned from
 * @param priced outcomes that moved the price
 * @param price the price of quality; null before the first outcome that moves it
 * @param course what the price has been
 * @param dimensions how many features its requests have; 0 before the first that has any
 * @param decisions decisions made for it
 * @param anomalies those of them that were anomalous
 */
public record UseCaseState(
    long lessons,
    long priced,
    @Nullable PriceMove price,
    PriceCourse course,
    int dimensions,
    long decisions,
    long anomalies,
    Map<String, TierState> tiers,
    Map<String, ModelTally> models) {

  public UseCaseState {
    tiers = Persistent.map(tiers);
    models = Persistent.map(models);
  }

  static final UseCaseState NEW =
      new UseCaseState(
          0, 0, null, PriceCourse.NONE, 0, 0, 0, HashTreePMap.empty(), HashTreePMap.empty());

  public TierState tier(String name) {
    return tiers.getOrDefault(name, TierState.NEW);
  }

  UseCaseState after(Event.DecisionMade decision) {
    var features = decision.question().featuresMicro();
    boolean anomalous = decision.learned() != null && decision.learned().anomaly() != null;
    return new UseCaseState(
        lessons,
        priced,
        price,
        course,
        dimensions == 0 && features != null ? features.size() : dimensions,
        decisions + 1,
        anomalies + (anomalous ? 1 : 0),
        tiers,
        models);
  }

  UseCaseState after(Lesson lesson) {
    TierState tier =
        tier(lesson.tier()).after(lesson.regime(), lesson.scoreBps(), lesson.halfLife());
    ModelTally model =
        Objects.requireNonNullElseGet(
                models.get(lesson.model()), () -> ModelTally.of(lesson.tier(), lesson.provider()))
            .after(lesson.scoreBps(), lesson.halfLife());
    return new UseCaseState(
        lessons + 1,
        priced + (lesson.price() == null ? 0 : 1),
        lesson.price() == null ? price : lesson.price(),
        lesson.price() == null ? course : course.after(priced + 1, lesson.price()),
        dimensions,
        decisions,
        anomalies,
        Persistent.plus(tiers, lesson.tier(), tier),
        Persistent.plus(models, lesson.model(), model));
  }

  UseCaseState after(Event.DriftNoticed drift) {
    return new UseCaseState(
        lessons,
        priced,
        price,
        course,
        dimensions,
        decisions,
        anomalies,
        Persistent.plus(tiers, drift.tier(), tier(drift.tier()).widened(drift.keptBps())),
        models);
  }
}
