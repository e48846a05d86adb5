package io.quaestor.kernel.catalog;

import io.quaestor.kernel.catalog.CatalogRules.Fault;
import io.quaestor.kernel.catalog.Learning.UseCase;
import org.jspecify.annotations.Nullable;

/** What makes the learning of a policy acceptable; each rule names the member that breaks it. */
final class LearningRules {

  static final int USE_CASES_MAX = 256;
  private static final int TARGET_MAX_BPS = 9_999;
  private static final int STEP_MAX_MILLI = 10_000;
  private static final int COUNT_MAX = 1_000_000_000;
  private static final int STRENGTH_MAX = 1_000_000;
  private static final long PRICE_MAX_MICROCENTS = 1_000_000_000_000_000L;

  private final String at;
  private @Nullable Fault first;

  private LearningRules(String at) {
    this.at = at;
  }

  static @Nullable Fault check(Learning learning) {
    LearningRules rules = new LearningRules("learning.");
    rules.range("target_bps", learning.targetBps(), 1, TARGET_MAX_BPS);
    rules.range("step_milli", learning.stepMilli(), 1, STEP_MAX_MILLI);
    rules.range("first_step_milli", learning.firstStepMilli(), 1, STEP_MAX_MILLI);
    rules.range("step_halving", learning.stepHalving(), 1, COUNT_MAX);
    rules.range("prior_strength", learning.priorStrength(), 1, STRENGTH_MAX);
    rules.range("regime_strength", learning.regimeStrength(), 1, STRENGTH_MAX);
    rules.range("pooled_cap", learning.pooledCap(), 0, STRENGTH_MAX);
    rules.range("exploration_bps", learning.explorationBps(), 0, 10_000);
    rules.range("half_life", learning.halfLife(), learning.halfLife() == 0 ? 0 : 100, COUNT_MAX);
    rules.range("drift_threshold_milli", learning.driftThresholdMilli(), 0, COUNT_MAX);
    rules.range("drift_kept_bps", learning.driftKeptBps(), 0, 10_000);
    rules.range("anomaly_deviation_milli", learning.anomalyDeviationMilli(), 0, COUNT_MAX);
    rules.range("anomaly_raise_bps", learning.anomalyRaiseBps(), 0, 10_000);
    rules.range("use_cases", learning.useCases().size(), 0, USE_CASES_MAX);
    return rules.first != null ? rules.first : useCases(learning);
  }

  private static @Nullable Fault useCases(Learning learning) {
    for (var each : learning.useCases().entrySet()) {
      String at = "learning.use_cases." + each.getKey() + ".";
      Fault fault =
          CatalogRules.isName(each.getKey())
              ? check(at, each.getValue())
              : new Fault(at, "a use case is named by 1 to 128 letters, digits and . _ : @ -");
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable Fault check(String at, UseCase useCase) {
    LearningRules rules = new LearningRules(at);
    rules.optional("target_bps", useCase.targetBps(), 1, TARGET_MAX_BPS);
    rules.optional("step_milli", useCase.stepMilli(), 1, STEP_MAX_MILLI);
    Long min = useCase.priceMinMicrocents();
    Long max = useCase.priceMaxMicrocents();
    rules.optional("price_min_microcents", min, 1, PRICE_MAX_MICROCENTS);
    rules.optional("price_max_microcents", max, 1, PRICE_MAX_MICROCENTS);
    if (min != null && max != null) {
      rules.range("price_max_microcents", max, min, PRICE_MAX_MICROCENTS);
    }
    return rules.first;
  }

  private void optional(String name, @Nullable Number value, long min, long max) {
    if (value != null) {
      range(name, value.longValue(), min, max);
    }
  }

  private void range(String name, long value, long min, long max) {
    if (first == null && (value < min || value > max)) {
      first = new Fault(at + name, "must be %d to %d, got %d".formatted(min, max, value));
    }
  }
}
