package io.quaestor.kernel.decision;

/** Argument checks that name the field, its value and the range it must be in. */
final class Checks {
  static final int BPS_MAX = 10_000;

  private Checks() {}

  static void share(String field, int bps) {
    if (bps < 0 || bps > BPS_MAX) {
      throw new IllegalArgumentException(field + " must be 0.." + BPS_MAX + ", got " + bps);
    }
  }

  static void notNegative(String field, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(field + " must not be negative, got " + value);
    }
  }
}
