package io.quaestor.benchmarks.load;

import java.util.Arrays;

/**
 * Zipf's law over ranks 0 to n - 1: rank r has the weight {@code 1 / (r + 1)^s}. With s = 1 the
 * first of 200 tenants gets 17 % of the requests and the last 0.09 %.
 */
final class Zipf {

  private final double[] cumulative;

  Zipf(int ranks, double exponent) {
    if (ranks < 1 || exponent < 0) {
      throw new IllegalArgumentException("at least one rank, and an exponent of at least 0");
    }
    cumulative = new double[ranks];
    double sum = 0;
    for (int rank = 0; rank < ranks; rank++) {
      sum += Math.pow(rank + 1, -exponent);
      cumulative[rank] = sum;
    }
    for (int rank = 0; rank < ranks; rank++) {
      cumulative[rank] /= sum;
    }
    cumulative[ranks - 1] = 1;
  }

  /** The share of this rank in all draws. */
  double share(int rank) {
    return rank == 0 ? cumulative[0] : cumulative[rank] - cumulative[rank - 1];
  }

  /**
   * @param unit evenly distributed in [0, 1)
   */
  int rank(double unit) {
    int found = Arrays.binarySearch(cumulative, unit);
    // A rank owns the interval up to its cumulative share, that bound excluded.
    return found >= 0 ? found + 1 : -found - 1;
  }
}
