package io.quaestor.kernel.learning;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.event.Event.PriceMove;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's outcomes show about one use case on one catalog: how often each tier and model
 * succeeded, what a success is worth by now, and which floor the outcomes speak for.
 *
 * @param decisions decisions made for it under a policy that learns
 * @param anomalies those of them that were anomalous
 * @param success of all tiers together
 * @param price null before the first outcome that moves it
 * @param tiers in the catalog's order; what it has no more comes last
 * @param models by name
 */
public record Quality(
    String catalog,
    String useCase,
    long decisions,
    long anomalies,
    Success success,
    int targetBps,
    @Nullable Price price,
    PriceCourse course,
    List<OfTier> tiers,
    List<OfModel> models,
    Recommendation recommendation,
    List<ProvidersDiffer> warnings) {

  /**
   * @param floorBps null when the catalog has nothing of this tier on offer any more
   * @param drift how far outcomes have lately left what was expected
   */
  public record OfTier(
      String tier, @Nullable Integer floorBps, Counts counts, Success success, Drift drift) {}

  public record OfModel(String model, String tier, String provider, Success success) {}

  /**
   * The price of quality, what a success is worth, and the bounds between which it moves.
   *
   * @param bound where it stands: {@code lower}, {@code upper}, or null for between them
   * @param moves outcomes that have moved it
   */
  public record Price(
      long microcents, long minMicrocents, long maxMicrocents, @Nullable String bound, long moves) {

    static @Nullable Price of(UseCaseState state) {
      PriceMove price = state.price();
      return price == null
          ? null
          : new Price(
              price.microcents(),
              QualityPrice.microcents(price.minLogMicro()),
              QualityPrice.microcents(price.maxLogMicro()),
              bound(price),
              state.priced());
    }

    private static @Nullable String bound(PriceMove price) {
      if (QualityPrice.atUpperBound(price)) {
        return "upper";
      }
      return price.logMicro() <= price.minLogMicro() ? "lower" : null;
    }
  }

  /** Of all use cases of a tenant, by catalog and name. */
  public static List<Quality> of(
      TenantLearning learning,
      Function<String, @Nullable CompiledCatalog> catalogs,
      Learning settings) {
    List<Quality> all = new ArrayList<>();
    new TreeMap<>(learning.useCases())
        .forEach(
            (key, state) -> {
              int bar = key.indexOf('|');
              String catalog = key.substring(0, bar);
              all.add(
                  of(catalog, key.substring(bar + 1), state, catalogs.apply(catalog), settings));
            });
    return List.copyOf(all);
  }

  static Quality of(
      String catalog,
      String useCase,
      UseCaseState state,
      @Nullable CompiledCatalog compiled,
      Learning settings) {
    List<OfTier> tiers = tiers(state, compiled);
    int target = settings.targetBps(useCase);
    return new Quality(
        catalog,
        useCase,
        state.decisions(),
        state.anomalies(),
        whole(state),
        target,
        Price.of(state),
        state.course(),
        tiers,
        models(state),
        Recommendation.of(state.lessons(), tiers, target),
        ProvidersDiffer.among(state.models().values()));
  }

  private static Success whole(UseCaseState state) {
    Counts counts =
        state.tiers().values().stream().map(TierState::all).reduce(Counts.NONE, Counts::plus);
    return Success.of(counts, state.lessons());
  }

  private static List<OfTier> tiers(UseCaseState state, @Nullable CompiledCatalog compiled) {
    List<String> order = compiled == null ? List.of() : compiled.catalog().tiers();
    Comparator<String> inOrder =
        Comparator.comparingInt(name -> order.contains(name) ? order.indexOf(name) : order.size());
    return state.tiers().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(inOrder.thenComparing(Comparator.naturalOrder())))
        .map(tier -> tier(tier.getKey(), tier.getValue(), compiled))
        .toList();
  }

  private static OfTier tier(String name, TierState state, @Nullable CompiledCatalog compiled) {
    return new OfTier(
        name,
        compiled == null ? null : floor(name, compiled),
        state.all(),
        Success.of(state.all(), state.outcomes()),
        state.drift());
  }

  private static @Nullable Integer floor(String tier, CompiledCatalog compiled) {
    for (CompiledCatalog.Tier offered : compiled.tiers()) {
      if (offered.name().equals(tier)) {
        return offered.qualityBps();
      }
    }
    return null;
  }

  private static List<OfModel> models(UseCaseState state) {
    List<OfModel> models = new ArrayList<>();
    new TreeMap<>(state.models())
        .forEach(
            (name, tally) ->
                models.add(
                    new OfModel(
                        name,
                        tally.tier(),
                        tally.provider(),
                        Success.of(tally.counts(), tally.outcomes()))));
    return List.copyOf(models);
  }
}
