package io.quaestor.kernel.learning;

/**
 * The probability that a Beta(a, b) variable is at least x: one minus the regularized incomplete
 * beta function, by its continued fraction (Abramowitz and Stegun 26.5.8) in the form of Lentz
 * (1976).
 */
final class BetaTail {

  private static final double EPSILON = 1e-14;
  private static final double TINY = 1e-300;

  /** The fraction needs some multiple of the root of its arguments; counts stay below 10^10. */
  private static final int TERMS_MAX = 1_000_000;

  /** From here on Stirling's series is exact to the last bits. */
  private static final double LARGE = 16;

  private BetaTail() {}

  static double atLeast(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 1 : 0;
    }
    // The fraction converges fast below the mean only; beyond it the tail is one of 1 - x.
    return x < (a + 1) / (a + b + 2) ? 1 - below(x, a, b) : below(1 - x, b, a);
  }

  private static double below(double x, double a, double b) {
    double logFront =
        logGamma(a + b)
            - logGamma(a)
            - logGamma(b)
            + a * StrictMath.log(x)
            + b * StrictMath.log1p(-x);
    return Math.clamp(StrictMath.exp(logFront) / (a * fraction(x, a, b)), 0, 1);
  }

  /** {@code 1 + d1 / (1 + d2 / (1 + ...))}, from its beginning. */
  private static double fraction(double x, double a, double b) {
    double value = 1;
    double c = 1;
    double d = 0;
    for (int k = 1; k <= TERMS_MAX; k++) {
      double term = term(k, x, a, b);
      d = 1 / nonZero(1 + term * d);
      c = nonZero(1 + term / c);
      value *= c * d;
      if (StrictMath.abs(c * d - 1) < EPSILON) {
        break;
      }
    }
    return value;
  }

  private static double term(int k, double x, double a, double b) {
    int m = k / 2;
    return k % 2 == 0
        ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
  }

  private static double nonZero(double value) {
    return StrictMath.abs(value) < TINY ? TINY : value;
  }

  /** By Stirling's series, after {@code gamma(z + 1) = z * gamma(z)} has made z large enough. */
  private static double logGamma(double z) {
    double product = 1;
    double x = z;
    while (x < LARGE) {
      product *= x;
      x++;
    }
    double square = 1 / (x * x);
    double series = (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1_260 - square / 1_680))) / x;
    return (x - 0.5) * StrictMath.log(x)
        - x
        + 0.5 * StrictMath.log(2 * StrictMath.PI)
        + series
        - StrictMath.log(product);
  }
}
