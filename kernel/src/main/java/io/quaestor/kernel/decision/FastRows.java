package io.quaestor.kernel.decision;

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
  private final long[] capable = new long[Long.SIZE];

  /** At b the candidates of provider b. */
  private final long[] provided = new long[Long.SIZE];

  /** At b the candidates in region b. */
  private final long[] located = new long[Long.SIZE];

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
    words = new long[candidates.length << ROW_SHIFT];
    all = candidates.length == 0 ? 0 : -1L >>> (SIZE_MAX - candidates.length);
    quality = new NumberIndex(candidates, Candidate::qualityBps);
    latency = new NumberIndex(candidates, Candidate::p95LatencyMs);
    riskCeiling = new NumberIndex(candidates, Candidate::riskCeilingBps);
    modelIds = new int[candidates.length];
    for (int i = 0; i < candidates.length; i++) {
      modelIds[i] = candidates[i].modelId();
    }
    long switchedOff = 0;
    long beyondMask = 0;
    long named = 0;
    long inputMax = -1;
    long outputMax = -1;
    long latencyMax = 1;
    for (int i = 0; i < candidates.length; i++) {
      Candidate c = candidates[i];
      int row = i << ROW_SHIFT;
      words[row + INPUT_PRICE] = priceWord(c.inputMicrocentsPerMillion());
      words[row + OUTPUT_PRICE] = priceWord(c.outputMicrocentsPerMillion());
      words[row + QUALITY] = (long) c.qualityBps() << QUALITY_SHIFT;
      words[row + LATENCY] = c.p95LatencyMs();
      inputMax = Math.max(inputMax, words[row + INPUT_PRICE]);
      outputMax = Math.max(outputMax, words[row + OUTPUT_PRICE]);
      latencyMax = Math.max(latencyMax, c.p95LatencyMs());
      switchedOff |= c.enabled() ? 0 : 1L << i;
      addToEach(capable, c.capabilities(), i);
      addToEach(located, c.regions(), i);
      if (c.providerId() < Long.SIZE) {
        named |= 1L << c.providerId();
        addToEach(provided, 1L << c.providerId(), i);
      } else {
        beyondMask |= 1L << i;
      }
    }
    disabled = switchedOff;
    beyondProviderMask = beyondMask;
    providers = named;
    inputPriceMax = inputMax;
    outputPriceMax = outputMax;
    penaltyMax = DELAY_MAX / latencyMax;
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

  private static void addToEach(long[] sets, long bits, int index) {
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      sets[Long.numberOfTrailingZeros(rest)] |= 1L << index;
    }
  }

  private static long priceWord(long microcentsPerMillion) {
    return Wide.multiplyDivideCeil(microcentsPerMillion, 1L << PRICE_BITS, 1_000_000) - 1;
  }
}
