package io.quaestor.shadow.contest.report;

import java.util.List;

/**
 * How a number varies over the seeds.
 *
 * @param deviation standard deviation of the sample; 0 of a single seed
 */
record Spread(double mean, double deviation) {

  static final Spread NONE = new Spread(Double.NaN, Double.NaN);

  static Spread of(List<Double> values) {
    int n = values.size();
    double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    return new Spread(mean, n == 1 ? 0 : Math.sqrt(squares / (n - 1)));
  }

  boolean isKnown() {
    return !Double.isNaN(mean);
  }
}
