package io.quaestor.kernel.learning;

/**
 * Random draws from a seed: SplitMix64 (Steele, Lea and Flood 2014), and on it the normal, gamma
 * (Marsaglia and Tsang 2000) and Beta distributions. {@link StrictMath} and IEEE 754 make them the
 * same bits on every machine.
 */
final class Draws {

  private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;
  private static final double ULP_53 = 0x1.0p-53;

  private long state;

  Draws(long seed) {
    state = seed;
  }

  /** A seed from words and numbers. */
  static long seed(long from, String text) {
    long hash = from;
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash + GOLDEN_GAMMA + text.charAt(i));
    }
    return seed(hash, text.length());
  }

  static long seed(long from, long number) {
    return mix(from + GOLDEN_GAMMA ^ mix(number + GOLDEN_GAMMA));
  }

  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return x ^ (x >>> 31);
  }

  private long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Between 0 and 1, neither included. */
  private double uniform() {
    return ((next() >>> 11) + 0.5) * ULP_53;
  }

  /** By the polar method of Marsaglia. */
  private double normal() {
    double x;
    double square;
    do {
      x = 2 * uniform() - 1;
      double y = 2 * uniform() - 1;
      square = x * x + y * y;
    } while (square >= 1);
    return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
  }

  private double gamma(double shape) {
    if (shape < 1) {
      return gamma(shape + 1) * StrictMath.pow(uniform(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = normal();
      double root = 1 + c * x;
      double v = root * root * root;
      if (root > 0 && accepted(uniform(), x, v, d)) {
        return d * v;
      }
    }
  }

  /** The squeeze first; it spares the logarithms in most cases. */
  private static boolean accepted(double u, double x, double v, double d) {
    return u < 1 - 0.0331 * x * x * x * x
        || StrictMath.log(u) < 0.5 * x * x + d * (1 - v + StrictMath.log(v));
  }

  double beta(double a, double b) {
    double x = gamma(a);
    double y = gamma(b);
    return x + y == 0 ? a / (a + b) : x / (x + y);
  }
}
