package io.quaestor.shadow.predictor;

import java.util.List;

/**
 * A linear predictor. For classes the one with the highest sum answers; for a value the sum does.
 */
record Linear(List<Output> outputs, boolean classes) implements Predictor {

  /** The weights by the place in an encoded row, and what the sum stands for. */
  static final class Output {
    private final int answer;
    private final double bias;
    private final double[] weights;

    Output(int answer, double bias, double[] weights) {
      this.answer = answer;
      this.bias = bias;
      this.weights = weights;
    }

    double sum(double[] encoded) {
      double sum = bias;
      for (int i = 0; i < encoded.length; i++) {
        sum += weights[i] * encoded[i];
      }
      return sum;
    }
  }

  @Override
  public double predict(double[] encoded) {
    double highest = Double.NEGATIVE_INFINITY;
    int answer = 0;
    for (Output output : outputs) {
      double sum = output.sum(encoded);
      if (sum > highest) {
        highest = sum;
        answer = output.answer;
      }
    }
    return classes ? answer : highest;
  }
}
