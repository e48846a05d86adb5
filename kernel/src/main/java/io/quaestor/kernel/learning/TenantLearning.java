package io.quaestor.kernel.learning;

import io.quaestor.kernel.event.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * What one tenant has learned: its use cases, and the decisions whose outcomes are awaited. Folded
 * from the tenant's events, persistent and bounded.
 */
public final class TenantLearning {

  /** Use cases that are told apart; outcomes of further ones are recorded and teach nothing. */
  public static final int USE_CASES_MAX = 256;

  /** Decisions whose outcomes are awaited in memory; older ones are looked up in the chain. */
  public static final int AWAITED_MAX = 4_096;

  public static final TenantLearning NONE =
      new TenantLearning(HashTreePMap.empty(), HashTreePMap.empty(), TreePMap.empty(), 0);

  private final PMap<String, UseCaseState> useCases;
  private final PMap<String, Place> awaited;
  private final TreePMap<Long, String> order;
  private final long next;

  private record Place(long number, Awaited decision) {}

  private TenantLearning(
      PMap<String, UseCaseState> useCases,
      PMap<String, Place> awaited,
      TreePMap<Long, String> order,
      long next) {
    this.useCases = useCases;
    this.awaited = awaited;
    this.order = order;
    this.next = next;
  }

  public static String key(String catalog, String useCase) {
    return catalog + "|" + useCase;
  }

  /** What has been learned about a use case on a catalog. */
  public UseCaseState useCase(String catalog, String useCase) {
    return useCases.getOrDefault(key(catalog, useCase), UseCaseState.NEW);
  }

  /** All use cases, by catalog and name with a bar between them. */
  public Map<String, UseCaseState> useCases() {
    return useCases;
  }

  /** Whether anything can be learned about a use case, or there are too many of them. */
  public boolean takes(String catalog, String useCase) {
    return useCases.size() < USE_CASES_MAX || useCases.containsKey(key(catalog, useCase));
  }

  public @Nullable Awaited awaited(String decisionId) {
    Place place = awaited.get(decisionId);
    return place == null ? null : place.decision();
  }

  public int awaitedCount() {
    return awaited.size();
  }

  public TenantLearning evolve(Event.TenantEvent event) {
    return switch (event) {
      case Event.DecisionMade decision -> after(decision);
      case Event.OutcomeReported outcome ->
          outcome.lesson() == null ? this : after(outcome.id(), outcome.lesson());
      case Event.DriftNoticed drift -> after(drift);
      default -> this;
    };
  }

  private TenantLearning after(Event.DecisionMade decision) {
    if (decision.learned() == null || !takes(decision.catalog().name(), decision.useCase())) {
      return this;
    }
    String key = key(decision.catalog().name(), decision.useCase());
    UseCaseState before = useCases.getOrDefault(key, UseCaseState.NEW);
    TenantLearning counted = with(useCases.plus(key, before.after(decision)));
    Awaited expected = Awaited.of(decision);
    return expected == null ? counted : counted.awaiting(decision.id(), expected);
  }

  private TenantLearning awaiting(String id, Awaited decision) {
    PMap<String, Place> known = awaited.plus(id, new Place(next, decision));
    TreePMap<Long, String> byAge = order.plus(next, id);
    if (known.size() > AWAITED_MAX) {
      known = known.minus(byAge.firstEntry().getValue());
      byAge = byAge.minusFirstEntry();
    }
    return new TenantLearning(useCases, known, byAge, next + 1);
  }

  private TenantLearning after(String id, Event.Lesson lesson) {
    String key = key(lesson.catalog(), lesson.useCase());
    UseCaseState before = useCases.getOrDefault(key, UseCaseState.NEW);
    return with(useCases.plus(key, before.after(lesson))).without(id);
  }

  private TenantLearning without(String id) {
    Place place = awaited.get(id);
    return place == null
        ? this
        : new TenantLearning(useCases, awaited.minus(id), order.minus(place.number()), next);
  }

  private TenantLearning after(Event.DriftNoticed drift) {
    String key = key(drift.catalog(), drift.useCase());
    UseCaseState before = useCases.getOrDefault(key, UseCaseState.NEW);
    return with(useCases.plus(key, before.after(drift)));
  }

  private TenantLearning with(PMap<String, UseCaseState> changed) {
    return new TenantLearning(changed, awaited, order, next);
  }

  /** What is learned as plain data, for snapshots; awaited decisions in their order. */
  public record Image(Map<String, UseCaseState> useCases, Map<String, Awaited> awaited) {}

  public Image image() {
    Map<String, Awaited> inOrder = new LinkedHashMap<>();
    order
        .values()
        .forEach(id -> inOrder.put(id, Objects.requireNonNull(awaited.get(id)).decision()));
    return new Image(useCases, inOrder);
  }

  public static TenantLearning of(Image image) {
    TenantLearning restored = NONE.with(HashTreePMap.from(image.useCases()));
    for (var entry : image.awaited().entrySet()) {
      restored = restored.awaiting(entry.getKey(), entry.getValue());
    }
    return restored;
  }

  /** By what is known, however it came to be known. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TenantLearning that && image().equals(that.image());
  }

  @Override
  public int hashCode() {
    return image().hashCode();
  }
}
