package io.quaestor.kernel.learning;

import java.math.BigInteger;

/**
 * Moments are Welford's statistics of a stream of integers: count, mean, and M2, the sum of squared
 * distances from the mean. Kept as exact sums of the values and of their squares, from which {@code
 * mean = sum / n} and {@code M2 = squares - sum^2 / n} follow.
 *
 * <p>Welford's recurrence avoids the cancellation that these formulas suffer in floating point; in
 * unbounded integers nothing cancels. In return, merging two streams (Chan, Golub and LeVeque 1979)
 * is plain addition: exact, in any order and grouping, so every node comes to the same bits.
 */
public record Moments(long count, BigInteger sum, BigInteger squares) {

  public static final Moments NONE = new Moments(0, BigInteger.ZERO, BigInteger.ZERO);

  /** Distance that stands for everything farther, in thousandths of a standard deviation. */
  public static final int Z_MILLI_MAX = 1_000_000;

  private static final int MILLI = 1_000;

  public Moments plus(long value) {
    BigInteger x = BigInteger.valueOf(value);
    return new Moments(count + 1, sum.add(x), squares.add(x.multiply(x)));
  }

  public Moments plus(Moments other) {
    return new Moments(
        Math.addExact(count, other.count), sum.add(other.sum), squares.add(other.squares));
  }

  public double mean() {
    return count == 0 ? 0 : sum.doubleValue() / count;
  }

  /** {@code M2 / n}, from an exact numerator. */
  public double variance() {
    if (count == 0) {
      return 0;
    }
    BigInteger scaledM2 = squares.multiply(BigInteger.valueOf(count)).subtract(sum.multiply(sum));
    return scaledM2.doubleValue() / count / count;
  }

  /**
   * How many thousandths of a standard deviation a value lies from the mean, rounded down.
   *
   * @param deviationMin what the standard deviation counts for at least
   */
  public int zMilli(long value, int deviationMin) {
    if (count == 0) {
      return 0;
    }
    double deviation = StrictMath.max(deviationMin, StrictMath.sqrt(variance()));
    double z = StrictMath.abs(value - mean()) / deviation * MILLI;
    return (int) StrictMath.min(Z_MILLI_MAX, z);
  }
}
