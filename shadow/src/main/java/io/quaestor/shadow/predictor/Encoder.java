package io.quaestor.shadow.predictor;

import java.util.Arrays;

/**
 * Turns a row into the numbers that predictors see: each number as its distance from the mean in
 * standard deviations of the fitted rows, an empty one as 0; each category as one yes-or-no for
 * every text. Trees do not care for scale; linear ones need it.
 */
public final class Encoder {

  /** A wild value must not throw a linear predictor off. */
  private static final double DEVIATIONS_MAX = 10;

  private final Samples samples;
  private final double[] means;
  private final double[] deviations;
  private final int[] offsets;
  private final int width;

  private Encoder(Samples samples, double[] means, double[] deviations) {
    this.samples = samples;
    this.means = means;
    this.deviations = deviations;
    this.offsets = new int[samples.categoryColumns()];
    int at = means.length;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = at;
      at += samples.width(i);
    }
    this.width = at;
  }

  /** Means and deviations come from the rows to fit on alone. */
  static Encoder fit(Samples samples, int[] rows) {
    double[] means = new double[samples.numberColumns()];
    double[] deviations = new double[means.length];
    for (int column = 0; column < means.length; column++) {
      Moments moments = Moments.of(samples, rows, column);
      means[column] = moments.mean;
      deviations[column] = moments.deviation;
    }
    return new Encoder(samples, means, deviations);
  }

  private record Moments(double mean, double deviation) {

    static Moments of(Samples samples, int[] rows, int column) {
      int count = 0;
      double mean = 0;
      double squares = 0;
      for (int row : rows) {
        double x = samples.numbers(row)[column];
        if (!Double.isNaN(x)) {
          count++;
          double off = x - mean;
          mean += off / count;
          squares += off * (x - mean);
        }
      }
      return new Moments(mean, count == 0 ? 0 : Math.sqrt(squares / count));
    }
  }

  int width() {
    return width;
  }

  /** A row that {@link #encode} can be given. */
  public double[] buffer() {
    return new double[width];
  }

  public double[] encode(int row, double[] target) {
    float[] numbers = samples.numbers(row);
    for (int i = 0; i < numbers.length; i++) {
      target[i] = standardised(numbers[i], i);
    }
    Arrays.fill(target, numbers.length, width, 0);
    short[] texts = samples.texts(row);
    for (int i = 0; i < texts.length; i++) {
      target[offsets[i] + texts[i]] = 1;
    }
    return target;
  }

  private double standardised(double number, int column) {
    if (Double.isNaN(number) || deviations[column] == 0) {
      return 0;
    }
    double z = (number - means[column]) / deviations[column];
    return Math.clamp(z, -DEVIATIONS_MAX, DEVIATIONS_MAX);
  }
}
