package io.quaestor.kernel.decision;

/**
 * Exact arithmetic beyond 64 bits, without allocation.
 *
 * <p>Results are unsigned 64-bit numbers that saturate at 2^64 - 1, which {@link #UNSIGNED_MAX}
 * stands for. That is enough to be exact: everything the kernel subtracts from is at most 2^63 - 1
 * and everything it keeps is clamped to 64 signed bits.
 */
final class Wide {
  static final long UNSIGNED_MAX = -1;

  private static final long LOW_32 = 0xFFFF_FFFFL;

  private Wide() {}

  /** {@code floor(a * b / divisor)} for non-negative factors and a divisor of 1 to 2^30. */
  static long multiplyDivide(long a, long b, int divisor) {
    return divide(Math.multiplyHigh(a, b), a * b, divisor);
  }

  /** {@code ceil(a * b / divisor)} for non-negative factors and a divisor of 1 to 2^30. */
  static long multiplyDivideCeil(long a, long b, int divisor) {
    long high = Math.multiplyHigh(a, b);
    long low = a * b + (divisor - 1);
    if (Long.compareUnsigned(low, divisor - 1) < 0) {
      high++;
    }
    return divide(high, low, divisor);
  }

  /** {@code a * b} for non-negative factors. */
  static long multiply(long a, long b) {
    return Math.multiplyHigh(a, b) == 0 ? a * b : UNSIGNED_MAX;
  }

  /** {@code a + b}, both unsigned. */
  static long add(long a, long b) {
    long sum = a + b;
    return Long.compareUnsigned(sum, a) < 0 ? UNSIGNED_MAX : sum;
  }

  /** {@code a - b} for a signed {@code a} and an unsigned {@code b}, clamped to 64 signed bits. */
  static long subtract(long a, long b) {
    long distanceToMin = a ^ Long.MIN_VALUE;
    return Long.compareUnsigned(b, distanceToMin) > 0 ? Long.MIN_VALUE : a - b;
  }

  /** An unsigned number, clamped to 64 signed bits. */
  static long toSigned(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }

  /** Long division in base 2^32; every partial dividend stays below 2^62. */
  private static long divide(long high, long low, int divisor) {
    if (high >= divisor) {
      return UNSIGNED_MAX;
    }
    long upper = (high << 32) | (low >>> 32);
    long upperQuotient = upper / divisor;
    long lower = ((upper - upperQuotient * divisor) << 32) | (low & LOW_32);
    return (upperQuotient << 32) | (lower / divisor);
  }
}
