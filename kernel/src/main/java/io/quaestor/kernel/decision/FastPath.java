package io.quaestor.kernel.decision;

/**
 * Decides with bit sets and single multiplications: no division, and hardly a branch, per
 * candidate.
 *
 * <p>{@link #applies} bounds all inputs so that the following is exact; {@link ExactPath} takes the
 * rest.
 *
 * <ul>
 *   <li><b>Cost.</b> With {@code P = ceil(price * 2^44 / 10^6) - 1} the fraction {@code tokens * P
 *       / 2^44} is below {@code x = tokens * price / 10^6} by more than 0 and at most {@code tokens
 *       / 2^44 < 10^-6}. As x is a multiple of 10^-6, {@code ceil(x)} is the fraction's floor plus
 *       1. The tokens are shifted by 20 bits once per decision, so the floor is the high word of
 *       one product. Without tokens there is nothing to add 1 to, hence {@link #roundUps}. A price
 *       of 0 has P = -1 and comes to -1 + 1.
 *   <li><b>Gain.</b> With {@code G = floor(value * confidence * 2^40 / 10^8) + 1} the fraction
 *       {@code G * quality / 2^40} is above {@code value * confidence * quality / 10^8} by at most
 *       {@code 10^4 / 2^40 < 10^-8}, of which the exact result is a multiple, so the floors are the
 *       same. The quality is kept shifted by 24 bits.
 *   <li><b>Gates.</b> Every gate gives the set of the candidates that fail it, as bits of one word
 *       (see {@link FastRows}); the first gate a candidate fails, and how many each rejected,
 *       follow by and-not and bit counts.
 * </ul>
 */
final class FastPath {
  /** Most tokens: {@code tokens / 2^44 < 10^-6}. */
  private static final long TOKENS_MAX = (1L << FastRows.PRICE_BITS) / ExactPath.MILLION;

  private static final int TOKENS_SHIFT = Long.SIZE - FastRows.PRICE_BITS;

  /** Highest value: keeps G below 2^63. */
  private static final long VALUE_MAX = (1L << 23) * Checks.BPS_MAX - 1;

  /** Highest risk multiplier: keeps the risk term below 2^44. */
  private static final int RISK_MULTIPLIER_MAX = 1_000_000;

  private FastPath() {}

  static boolean applies(Limits limits, Candidates candidates, Input in) {
    FastRows rows = candidates.fastRows;
    return rows.fits
        && in.inputTokens() <= TOKENS_MAX
        && in.outputTokensMax() <= TOKENS_MAX
        && in.businessValueMicrocents() <= VALUE_MAX
        && limits.riskMultiplierBps() <= RISK_MULTIPLIER_MAX
        && limits.latencyPenaltyMicrocentsPerMs() <= rows.penaltyMax;
  }

  static void decide(Limits limits, Candidates candidates, Input in, Decision out) {
    FastRows rows = candidates.fastRows;
    out.begin(in, candidates.size());
    price(limits, rows, in, out, open(rows, in, out.sets));
    conclude(rows, in, out);
  }

  /** Notes the candidates that fail a gate before the utility; returns the set of the others. */
  private static long open(FastRows rows, Input in, long[] sets) {
    long cap = in.maxP95LatencyMs();
    long open = rows.all;
    long failing = rows.disabled;
    sets[Gate.DISABLED_CODE] = open & failing;
    open &= ~failing;
    failing = rows.quality.below(in.qualityFloorBps());
    sets[Gate.QUALITY_CODE] = open & failing;
    open &= ~failing;
    failing = cap == 0 ? 0 : ~rows.latency.below(cap + 1);
    sets[Gate.LATENCY_CODE] = open & failing;
    open &= ~failing;
    failing = rows.lacking(in.requiredCapabilities());
    sets[Gate.CAPABILITY_CODE] = open & failing;
    open &= ~failing;
    failing = rows.notProvidedBy(in.allowedProviders());
    sets[Gate.PROVIDER_CODE] = open & failing;
    open &= ~failing;
    failing = rows.notIn(in.requiredRegions());
    sets[Gate.REGION_CODE] = open & failing;
    open &= ~failing;
    failing = rows.riskCeiling.below(in.riskBps());
    sets[Gate.RISK_CEILING_CODE] = open & failing;
    open &= ~failing;
    failing = overBudget(rows, in);
    sets[Gate.BUDGET_CODE] = open & failing;
    return open & ~failing;
  }

  private static long overBudget(FastRows rows, Input in) {
    long budget = Math.max(-1, in.budgetLimitMicrocents());
    long inputTokens = in.inputTokens() << TOKENS_SHIFT;
    long outputTokens = in.outputTokensMax() << TOKENS_SHIFT;
    long left = budget - roundUps(in.inputTokens(), in.outputTokensMax());
    long most =
        Math.multiplyHigh(inputTokens, rows.inputPriceMax)
            + Math.multiplyHigh(outputTokens, rows.outputPriceMax);
    return most <= left ? 0 : overBudget(rows.words, inputTokens, outputTokens, left);
  }

  private static long overBudget(long[] words, long inputTokens, long outputTokens, long left) {
    long over = 0;
    for (int row = words.length - (1 << FastRows.ROW_SHIFT);
        row >= 0;
        row -= 1 << FastRows.ROW_SHIFT) {
      long bound =
          Math.multiplyHigh(inputTokens, words[row + FastRows.INPUT_PRICE])
              + Math.multiplyHigh(outputTokens, words[row + FastRows.OUTPUT_PRICE]);
      over = (over << 1) | ((left - bound) >>> 63);
    }
    return over;
  }

  /** Prices and ranks the open candidates. */
  private static void price(Limits limits, FastRows rows, Input in, Decision out, long open) {
    long[] words = rows.words;
    long inputTokens = in.inputTokens() << TOKENS_SHIFT;
    long outputTokens = in.outputTokens() << TOKENS_SHIFT;
    long roundUps = roundUps(in.inputTokens(), in.outputTokens());
    long penaltyPerMs = limits.latencyPenaltyMicrocentsPerMs();
    long value = in.value();
    long gainFactor = gainFactor(value * in.confidenceBps());
    long riskTerm = riskTerm(value * in.riskBps(), limits.riskMultiplierBps());
    long worthless = 0;
    for (long rest = open; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      int row = i << FastRows.ROW_SHIFT;
      long cost =
          Math.multiplyHigh(inputTokens, words[row + FastRows.INPUT_PRICE])
              + Math.multiplyHigh(outputTokens, words[row + FastRows.OUTPUT_PRICE])
              + roundUps;
      long utility =
          Math.multiplyHigh(gainFactor, words[row + FastRows.QUALITY])
              - words[row + FastRows.LATENCY] * penaltyPerMs
              - riskTerm
              - cost;
      out.price(i, cost, utility);
      if (utility <= 0) {
        worthless |= 1L << i;
      }
    }
    out.sets[Gate.UTILITY_CODE] = worthless;
    out.sets[Gate.PASSED_CODE] = open & ~worthless;
  }

  private static void conclude(FastRows rows, Input in, Decision out) {
    int best = out.selectedIndex();
    if (best < 0) {
      out.rejectByGates();
      return;
    }
    int row = best << FastRows.ROW_SHIFT;
    long inputTokens = in.inputTokens() << TOKENS_SHIFT;
    long outputTokens = in.outputTokensMax() << TOKENS_SHIFT;
    long bound =
        Math.multiplyHigh(inputTokens, rows.words[row + FastRows.INPUT_PRICE])
            + Math.multiplyHigh(outputTokens, rows.words[row + FastRows.OUTPUT_PRICE])
            + roundUps(in.inputTokens(), in.outputTokensMax());
    int second = out.counterfactualIndex();
    out.select(rows.modelIds[best], bound, second < 0 ? 0 : rows.modelIds[second]);
  }

  /** How many of the two terms of a cost are rounded up. */
  private static long roundUps(long inputTokens, long outputTokens) {
    return (inputTokens > 0 ? 1L : 0L) + (outputTokens > 0 ? 1L : 0L);
  }

  /** {@code floor(confidentValue * 2^40 / 10^8) + 1}; 10^8 is 2^8 * 390,625. */
  private static long gainFactor(long confidentValue) {
    long whole = confidentValue / 390_625;
    long rest = confidentValue - whole * 390_625;
    return (whole << 32) + (rest << 32) / 390_625 + 1;
  }

  /** {@code floor(riskyValue * multiplier / 10^8)}. */
  private static long riskTerm(long riskyValue, long multiplier) {
    long whole = riskyValue / ExactPath.SHARE_SQUARED;
    long rest = riskyValue - whole * ExactPath.SHARE_SQUARED;
    return whole * multiplier + rest * multiplier / ExactPath.SHARE_SQUARED;
  }
}
