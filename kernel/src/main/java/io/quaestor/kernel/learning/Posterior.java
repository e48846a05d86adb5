package io.quaestor.kernel.learning;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Learning;
import java.util.List;

/**
 * The posterior of each tier's rate of success in one regime, for one tenant and use case, and
 * vectors drawn from it.
 *
 * <p>A tier's rate over all regimes starts at the quality that its catalog states, which counts for
 * {@code priorStrength} outcomes; to it come what all tenants reported, counting for {@code
 * pooledCap} outcomes at most, and the tenant's own outcomes. In a regime that rate is shifted by
 * how much better or worse all tiers do there (again with the pooled outcomes capped), counts for
 * {@code regimeStrength} outcomes, and the tenant's outcomes in the regime come to it: a Beta
 * distribution. Since what others reported counts for the cap at most in both places, however many
 * there are, nobody can outweigh a tenant's own prior and outcomes.
 *
 * <p>A draw's distance from the mean is scaled by {@code explorationBps}: 10,000 is Thompson
 * sampling (1933), less explores less.
 */
final class Posterior {

  /** Vectors that vote. */
  static final int VECTORS = 32;

  /** Outcomes of a regime before its shift counts by half. */
  private static final int SHIFT_SHRINKAGE = 10;

  private static final double RATE_MIN = 0.01;
  static final int PPM = 1_000_000;

  private final int[] means;
  private final int[][] vectors;

  /**
   * @param tiers those of the catalog that have something on offer
   * @param seed of the vectors
   */
  static Posterior of(
      UseCaseState own,
      Regimes pooled,
      String catalog,
      String useCase,
      List<CompiledCatalog.Tier> tiers,
      int regime,
      Learning settings,
      long seed) {
    double[] base = new double[tiers.size()];
    double shift = 0;
    double weight = SHIFT_SHRINKAGE;
    double pooledShift = 0;
    double pooledWeight = 0;
    for (int t = 0; t < base.length; t++) {
      String tier = tiers.get(t).name();
      base[t] =
          base(
              own.tier(tier).all(),
              pooled.everywhere(catalog, useCase, tier),
              tiers.get(t),
              settings);
      Counts cell = own.tier(tier).cells().get(regime);
      shift += cell.successes() - cell.outcomes() * base[t];
      weight += cell.outcomes();
      Counts others = pooled.state(regime).pooled(catalog, useCase, tier);
      pooledShift += others.successes() - others.outcomes() * base[t];
      pooledWeight += others.outcomes();
    }
    double cap = pooledWeight > settings.pooledCap() ? settings.pooledCap() / pooledWeight : 1;
    shift = (shift + pooledShift * cap) / (weight + pooledWeight * cap);
    return new Posterior(base, shift, own, tiers, regime, settings, new Draws(seed));
  }

  private static double base(
      Counts own, Counts pooled, CompiledCatalog.Tier tier, Learning settings) {
    Counts others = pooled.capped(settings.pooledCap());
    double prior = tier.qualityBps() / 10_000.0 * settings.priorStrength();
    double outcomes = settings.priorStrength() + own.outcomes() + others.outcomes();
    return outcomes == 0
        ? tier.qualityBps() / 10_000.0
        : (prior + own.successes() + others.successes()) / outcomes;
  }

  private Posterior(
      double[] base,
      double shift,
      UseCaseState own,
      List<CompiledCatalog.Tier> tiers,
      int regime,
      Learning settings,
      Draws draws) {
    means = new int[base.length];
    vectors = new int[VECTORS][base.length];
    double exploration = settings.explorationBps() / 10_000.0;
    for (int t = 0; t < base.length; t++) {
      double prior = Math.clamp(base[t] + shift, RATE_MIN, 1 - RATE_MIN);
      Counts cell = own.tier(tiers.get(t).name()).cells().get(regime);
      double a = prior * settings.regimeStrength() + cell.successes();
      double b = (1 - prior) * settings.regimeStrength() + cell.outcomes() - cell.successes();
      double mean = a / (a + b);
      means[t] = ppm(mean);
      for (int[] vector : vectors) {
        vector[t] = ppm(mean + (draws.beta(a, b) - mean) * exploration);
      }
    }
  }

  private static int ppm(double rate) {
    return (int) StrictMath.round(rate * PPM);
  }

  /** The expected rate of a tier, in millionths. */
  int mean(int tier) {
    return means[tier];
  }

  /** A drawn rate of a tier, in millionths. */
  int rate(int vector, int tier) {
    return vectors[vector][tier];
  }
}
