package io.quaestor.kernel.decision;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Up to 64 candidates as {@link FastPath} reads them: bit sets for the gates, and a row of four
 * 64-bit words for the arithmetic.
 *
 * <pre>
 * word  0  INPUT_PRICE    ceil(price per million * 2^44 / 10^6) - 1
 *       1  OUTPUT_PRICE   likewise
 *       2  QUALITY        bps * 2^24
 *       3  LATENCY        p95 in ms
 * </pre>
 *
 * In a set, bit i stands for the candidate of index i.
 */
final class FastRows {
  static final int ROW_SHIFT = 2;
  static final int INPUT_PRICE = 0;
  static final int OUTPUT_PRICE = 1;
  static final int QUALITY = 2;
  static final int LATENCY = 3;

  static final int PRICE_BITS = 44;
  static final int QUALITY_SHIFT = 24;

  static final int SIZE_MAX = Long.SIZE;

  /** Highest price per million whose word is below 2^63. */
  private static final long PRICE_MAX = (1L << (Long.SIZE - 1 - PRICE_BITS)) * 1_000_000;

  /** The bound of latency * penalty. */
  private static final long DELAY_MAX = 1L << 50;

  /** Whether the candidates can be laid out like this; if not, nothing else here is of use. */
  final boolean fits;

  /** The rows, one after the other. */
  final long[] words;

  final int[] modelIds;
  final long all;
  final long disabled;
  final NumberIndex quality;
  final NumberIndex latency;
  final NumberIndex riskCeiling;

  /** At b the candidates that have capability b. */
  private final long[] capable;

  /** At b the candidates of provider b. */
  private final long[] provided;

  /** At b the candidates in region b. */
  private final long[] located;

  /** The candidates whose provider no mask can allow. */
  private final long beyondProviderMask;

  /** The providers of all other candidates. */
  private final long providers;

  /** Highest price words of all candidates. */
  final long inputPriceMax;

  final long outputPriceMax;

  /** Highest latency penalty per ms for which every candidate's delay is below 2^50. */
  final long penaltyMax;

  private FastRows(Candidate[] candidates, boolean fits) {
    this.fits = fits;
    words = words(candidates);
    modelIds = Arrays.stream(candidates).mapToInt(Candidate::modelId).toArray();
    all = setOf(candidates, c -> true);
    disabled = setOf(candidates, c -> !c.enabled());
    quality = new NumberIndex(candidates, Candidate::qualityBps);
    latency = new NumberIndex(candidates, Candidate::p95LatencyMs);
    riskCeiling = new NumberIndex(candidates, Candidate::riskCeilingBps);
    capable = setsByBit(candidates, Candidate::capabilities);
    provided = setsByBit(candidates, FastRows::providerBit);
    located = setsByBit(candidates, Candidate::regions);
    beyondProviderMask = setOf(candidates, c -> providerBit(c) == 0);
    providers =
        Arrays.stream(candidates).mapToLong(FastRows::providerBit).reduce(0, (a, b) -> a | b);
    inputPriceMax = max(words, INPUT_PRICE);
    outputPriceMax = max(words, OUTPUT_PRICE);
    penaltyMax = DELAY_MAX / Math.max(1, max(words, LATENCY));
  }

  static FastRows of(Candidate[] candidates) {
    boolean fits = candidates.length <= SIZE_MAX;
    for (Candidate c : candidates) {
      fits &= c.inputMicrocentsPerMillion() <= PRICE_MAX;
      fits &= c.outputMicrocentsPerMillion() <= PRICE_MAX;
    }
    return new FastRows(fits ? candidates : new Candidate[0], fits);
  }

  /** The candidates that lack one of these capabilities, and possibly bits beyond them all. */
  long lacking(long capabilities) {
    long lacking = 0;
    for (long rest = capabilities; rest != 0; rest &= rest - 1) {
      lacking |= ~capable[Long.numberOfTrailingZeros(rest)];
    }
    return lacking;
  }

  /** The candidates whose provider is not among these. */
  long notProvidedBy(long allowed) {
    long denied = beyondProviderMask;
    for (long rest = providers & ~allowed; rest != 0; rest &= rest - 1) {
      denied |= provided[Long.numberOfTrailingZeros(rest)];
    }
    return denied;
  }

  /**
   * The candidates in none of these regions, and possibly bits beyond them all; 0 for no region.
   */
  long notIn(long regions) {
    if (regions == 0) {
      return 0;
    }
    long in = 0;
    for (long rest = regions; rest != 0; rest &= rest - 1) {
      in |= located[Long.numberOfTrailingZeros(rest)];
    }
    return ~in;
  }

  private static long[] words(Candidate[] candidates) {
    long[] words = new long[candidates.length << ROW_SHIFT];
    for (int i = 0; i < candidates.length; i++) {
      Candidate c = candidates[i];
      int row = i << ROW_SHIFT;
      words[row + INPUT_PRICE] = priceWord(c.inputMicrocentsPerMillion());
      words[row + OUTPUT_PRICE] = priceWord(c.outputMicrocentsPerMillion());
      words[row + QUALITY] = (long) c.qualityBps() << QUALITY_SHIFT;
      words[row + LATENCY] = c.p95LatencyMs();
    }
    return words;
  }

  /** Highest word at this place of all rows, -1 if there are none. */
  private static long max(long[] words, int place) {
    long max = -1;
    for (int i = place; i < words.length; i += 1 << ROW_SHIFT) {
      max = Math.max(max, words[i]);
    }
    return max;
  }

  private static long setOf(Candidate[] candidates, Predicate<Candidate> member) {
    long set = 0;
    for (int i = 0; i < candidates.length; i++) {
      set |= member.test(candidates[i]) ? 1L << i : 0;
    }
    return set;
  }

  /** At b the candidates that have bit b. */
  private static long[] setsByBit(Candidate[] candidates, ToLongFunction<Candidate> bits) {
    long[] sets = new long[Long.SIZE];
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long mask = 1L << bit;
      sets[bit] = setOf(candidates, c -> (bits.applyAsLong(c) & mask) != 0);
    }
    return sets;
  }

  private static long providerBit(Candidate c) {
    return c.providerId() < Long.SIZE ? 1L << c.providerId() : 0;
  }

  private static long priceWord(long microcentsPerMillion) {
    return Wide.multiplyDivideCeil(microcentsPerMillion, 1L << PRICE_BITS, 1_000_000) - 1;
  }
}
