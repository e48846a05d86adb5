package io.quaestor.kernel.decision;

import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * Answers which of up to 64 candidates have a number below a key, almost without branches.
 *
 * <p>The numbers are sorted; the set of the candidates with the k lowest is kept for every k.
 */
final class NumberIndex {
  /** Rising, padded with {@link Long#MAX_VALUE} to a power of two that exceeds their count. */
  private final long[] sorted;

  /** At k the set of the candidates with the k lowest numbers. */
  private final long[] setOfLowest;

  NumberIndex(Candidate[] candidates, ToIntFunction<Candidate> number) {
    int size = candidates.length;
    sorted = new long[Math.max(1, Integer.highestOneBit(size) * 2)];
    setOfLowest = new long[sorted.length];
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (i, j) ->
            Integer.compare(number.applyAsInt(candidates[i]), number.applyAsInt(candidates[j])));
    Arrays.fill(sorted, Long.MAX_VALUE);
    for (int k = 0; k < size; k++) {
      sorted[k] = number.applyAsInt(candidates[order[k]]);
      setOfLowest[k + 1] = setOfLowest[k] | 1L << order[k];
    }
  }

  /** The set of the candidates whose number is below the key; the key must not be negative. */
  long below(long key) {
    if (key <= sorted[0]) {
      return 0;
    }
    int count = 0;
    for (int half = sorted.length >>> 1; half > 0; half >>>= 1) {
      count += half & (int) ((sorted[count + half - 1] - key) >> 63);
    }
    return setOfLowest[count];
  }
}
