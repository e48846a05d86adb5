package io.quaestor.kernel.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What makes a catalog or a policy acceptable; each rule names the member that breaks it. */
public final class CatalogRules {

  public static final int MODELS_MAX = 4_096;
  public static final int NAMES_MAX = 64;
  public static final int TIERS_MAX = 64;
  public static final int BPS_MAX = 10_000;
  public static final long RESERVATION_TTL_MILLIS_MAX = 24 * 3_600_000L;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}");

  /** Models are often named after their maker, as in {@code maker/model}. */
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}");

  /**
   * A broken rule.
   *
   * @param param the member, as a path into the document
   */
  public record Fault(String param, String message) {}

  private CatalogRules() {}

  /** Whether this may name a tenant, a catalog, a policy, a use case and the like. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** The first fault of a catalog, or null when it is sound. */
  public static @Nullable Fault check(Catalog catalog) {
    if (!isName(catalog.name())) {
      return new Fault("name", "a name is 1 to 128 letters, digits and . _ : @ -");
    }
    if (catalog.models().isEmpty()) {
      return new Fault("models", "a catalog needs at least one model");
    }
    if (catalog.models().size() > MODELS_MAX) {
      return new Fault("models", "a catalog has at most %d models".formatted(MODELS_MAX));
    }
    if (catalog.tiers().size() > TIERS_MAX) {
      return new Fault("tiers", "a catalog has at most %d tiers".formatted(TIERS_MAX));
    }
    if (new HashSet<>(catalog.tiers()).size() != catalog.tiers().size()) {
      return new Fault("tiers", "a tier is listed twice");
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < catalog.models().size(); i++) {
      Model model = catalog.models().get(i);
      Fault fault = check(catalog, model, "models[%d].".formatted(i));
      if (fault != null) {
        return fault;
      }
      if (!ids.add(model.id())) {
        return new Fault("models[%d].id".formatted(i), "model " + model.id() + " is listed twice");
      }
    }
    return tooMany(catalog, "provider", model -> List.of(model.provider()));
  }

  private static @Nullable Fault check(Catalog catalog, Model model, String at) {
    if (!MODEL.matcher(model.id()).matches() || model.id().equals("auto")) {
      return new Fault(
          at + "id", "a model id is 1 to 128 letters, digits and . _ : / @ -, and not auto");
    }
    if (!isName(model.provider())) {
      return new Fault(at + "provider", "a provider is 1 to 128 letters, digits and . _ : @ -");
    }
    if (!catalog.tiers().contains(model.tier())) {
      return new Fault(
          at + "tier", "tier %s is not one of %s".formatted(model.tier(), catalog.tiers()));
    }
    Fault range = share(at + "quality_bps", model.qualityBps());
    range = range != null ? range : share(at + "risk_ceiling_bps", model.riskCeilingBps());
    return range != null ? range : notNegative(at + "p95_latency_ms", model.p95LatencyMs());
  }

  /** Providers, capabilities and regions are bits of a mask. */
  private static @Nullable Fault tooMany(
      Catalog catalog, String what, Function<Model, List<String>> names) {
    Set<String> all = new TreeSet<>();
    catalog.models().forEach(model -> all.addAll(names.apply(model)));
    if (all.size() > NAMES_MAX) {
      return new Fault(
          "models", "a catalog has at most %d different %s names".formatted(NAMES_MAX, what));
    }
    return switch (what) {
      case "provider" -> tooMany(catalog, "capability", Model::capabilities);
      case "capability" -> tooMany(catalog, "region", Model::regions);
      default -> null;
    };
  }

  /** The first fault of a policy, or null when it is sound. */
  public static @Nullable Fault check(Policy policy) {
    if (!isName(policy.name())) {
      return new Fault("name", "a name is 1 to 128 letters, digits and . _ : @ -");
    }
    Fault fault = share("hard_risk_limit_bps", policy.hardRiskLimitBps());
    fault = fault != null ? fault : share("minimum_confidence_bps", policy.minimumConfidenceBps());
    fault = fault != null ? fault : share("default_floor_bps", policy.defaultFloorBps());
    for (var floor : policy.floorsBps().entrySet()) {
      fault = fault != null ? fault : share("floors_bps." + floor.getKey(), floor.getValue());
    }
    fault = fault != null ? fault : notNegative("risk_multiplier_bps", policy.riskMultiplierBps());
    fault =
        fault != null
            ? fault
            : notNegative(
                "latency_penalty_microcents_per_ms", policy.latencyPenaltyMicrocentsPerMs());
    fault =
        fault != null ? fault : atLeast("value_multiple_bps", policy.valueMultipleBps(), 10_000);
    fault =
        fault != null ? fault : notNegative("default_output_tokens", policy.defaultOutputTokens());
    fault =
        fault != null
            ? fault
            : atLeast(
                "default_output_tokens_max",
                policy.defaultOutputTokensMax(),
                policy.defaultOutputTokens());
    fault = fault != null ? fault : ttl(policy.reservationTtlMillis());
    return fault != null || policy.learning() == null
        ? fault
        : LearningRules.check(policy.learning());
  }

  /** Bounded, so that an idempotency key outlives the reservation it answered with. */
  private static @Nullable Fault ttl(long millis) {
    return millis >= 1 && millis <= RESERVATION_TTL_MILLIS_MAX
        ? null
        : new Fault(
            "reservation_ttl_millis",
            "must be 1 to %d, got %d".formatted(RESERVATION_TTL_MILLIS_MAX, millis));
  }

  private static @Nullable Fault share(String param, int bps) {
    return bps >= 0 && bps <= BPS_MAX
        ? null
        : new Fault(param, "must be 0 to %d, got %d".formatted(BPS_MAX, bps));
  }

  private static @Nullable Fault notNegative(String param, long value) {
    return atLeast(param, value, 0);
  }

  private static @Nullable Fault atLeast(String param, long value, long least) {
    return value >= least
        ? null
        : new Fault(param, "must be at least %d, got %d".formatted(least, value));
  }
}
