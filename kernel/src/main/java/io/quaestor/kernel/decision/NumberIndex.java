package io.quaestor.kernel.decision;

import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * Answers which of up to 64 candidates have a number below a key.
 *
 * <p>The numbers are sorted, and the set of the candidates with the k lowest is kept for every k. A
 * table over the leading bits of the key says how many numbers are certainly below it; from there
 * the few steps that are left are taken one by one.
 */
final class NumberIndex {
  private static final int BUCKETS = 256;

  /** Rising, with {@link Long#MAX_VALUE} at the end. */
  private final long[] sorted;

  /** At k the set of the candidates with the k lowest numbers. */
  private final long[] setOfLowest;

  /** At b how many numbers have leading bits below b; the last bucket is above all numbers. */
  private final int[] lowerThan = new int[BUCKETS + 1];

  private final int shift;

  NumberIndex(Candidate[] candidates, ToIntFunction<Candidate> number) {
    int size = candidates.length;
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (i, j) ->
            Integer.compare(number.applyAsInt(candidates[i]), number.applyAsInt(candidates[j])));
    sorted = new long[size + 1];
    setOfLowest = new long[size + 1];
    int max = 0;
    for (int k = 0; k < size; k++) {
      max = number.applyAsInt(candidates[order[k]]);
      sorted[k] = max;
      setOfLowest[k + 1] = setOfLowest[k] | 1L << order[k];
    }
    sorted[size] = Long.MAX_VALUE;
    shift = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(max) - 8);
    int count = 0;
    for (int bucket = 0; bucket <= BUCKETS; bucket++) {
      while (sorted[count] < (long) bucket << shift) {
        count++;
      }
      lowerThan[bucket] = count;
    }
  }

  /** The set of the candidates whose number is below the key; the key must not be negative. */
  long below(long key) {
    int count = lowerThan[(int) Math.min(key >>> shift, BUCKETS)];
    while (sorted[count] < key) {
      count++;
    }
    return setOfLowest[count];
  }
}
