package io.quaestor.shadow.contest.baseline;

import java.util.random.RandomGenerator;

/**
 * Draws from Beta(a, b) as X / (X + Y) of two Gamma variates, each by the squeeze-free method of
 * Marsaglia and Tsang (A Simple Method for Generating Gamma Variables, ACM TOMS 26, 2000), which
 * asks for a shape of at least 1.
 */
final class BetaDraw {

  private BetaDraw() {}

  static double of(long a, long b, RandomGenerator random) {
    double x = gamma((double) a, random);
    double y = gamma((double) b, random);
    return x / (x + y);
  }

  private static double gamma(double shape, RandomGenerator random) {
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double root = 1 + c * normal;
      double v = root * root * root;
      // 1 - u, since the logarithm of 0 would accept everything.
      double u = 1 - random.nextDouble();
      if (v > 0 && StrictMath.log(u) < normal * normal / 2 + d - d * v + d * StrictMath.log(v)) {
        return d * v;
      }
    }
  }
}
