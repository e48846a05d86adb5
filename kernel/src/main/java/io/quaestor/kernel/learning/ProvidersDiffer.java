package io.quaestor.kernel.learning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two providers of one tier whose rates of success differ by more than chance explains: the
 * two-proportion z test with pooled variance, on faded counts.
 *
 * @param better the provider with the higher rate
 * @param zMilli how many thousandths of a standard error the rates lie apart
 */
public record ProvidersDiffer(String tier, Rate better, Rate worse, int zMilli) {

  public record Rate(String provider, Success success) {}

  /** Fewest outcomes of each of the two. */
  public static final int OUTCOMES_MIN = 50;

  /** Beyond this a difference is chance in one of a hundred cases, on both sides together. */
  public static final int Z_MILLI_BEYOND = 2_580;

  private static final int Z_MILLI_MAX = 1_000_000;

  /** What is tallied of one provider in one tier. */
  private record Tally(Counts counts, long outcomes) {
    static final Tally NONE = new Tally(Counts.NONE, 0);

    Tally plus(ModelTally model) {
      return new Tally(counts.plus(model.counts()), outcomes + model.outcomes());
    }
  }

  static List<ProvidersDiffer> among(Iterable<ModelTally> models) {
    Map<String, Map<String, Tally>> tiers = new TreeMap<>();
    for (ModelTally model : models) {
      Map<String, Tally> providers = tiers.computeIfAbsent(model.tier(), unused -> new TreeMap<>());
      providers.put(
          model.provider(), providers.getOrDefault(model.provider(), Tally.NONE).plus(model));
    }
    List<ProvidersDiffer> found = new ArrayList<>();
    tiers.forEach((tier, providers) -> among(tier, providers, found));
    return List.copyOf(found);
  }

  private static void among(
      String tier, Map<String, Tally> providers, List<ProvidersDiffer> found) {
    List<String> names =
        providers.keySet().stream()
            .filter(name -> of(providers, name).counts().outcomes() >= OUTCOMES_MIN)
            .toList();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        int z = zMilli(of(providers, names.get(i)), of(providers, names.get(j)));
        if (Math.abs(z) > Z_MILLI_BEYOND) {
          Rate one = rate(providers, names.get(i));
          Rate other = rate(providers, names.get(j));
          found.add(
              new ProvidersDiffer(tier, z > 0 ? one : other, z > 0 ? other : one, Math.abs(z)));
        }
      }
    }
  }

  private static Tally of(Map<String, Tally> providers, String name) {
    return providers.getOrDefault(name, Tally.NONE);
  }

  private static Rate rate(Map<String, Tally> providers, String name) {
    Tally tally = of(providers, name);
    return new Rate(name, Success.of(tally.counts(), tally.outcomes()));
  }

  private static int zMilli(Tally one, Tally other) {
    double n = one.counts().outcomes();
    double m = other.counts().outcomes();
    double pooled = (one.counts().successes() + other.counts().successes()) / (n + m);
    double variance = pooled * (1 - pooled) * (1 / n + 1 / m);
    double apart = one.counts().rate(0) - other.counts().rate(0);
    return variance <= 0
        ? 0
        : (int) Math.clamp(apart / StrictMath.sqrt(variance) * 1_000, -Z_MILLI_MAX, Z_MILLI_MAX);
  }
}
