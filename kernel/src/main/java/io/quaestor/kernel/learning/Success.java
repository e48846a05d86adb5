package io.quaestor.kernel.learning;

/**
 * A rate of success as outcomes show it, with the interval that holds the true rate with 95 %
 * confidence: the score interval of Wilson (1927),
 *
 * <pre>
 *   (p + z^2 / 2n  -+  z * sqrt(p * (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n),   z = 1.96
 * </pre>
 *
 * <p>It stays between 0 and 1 and is honest for few outcomes and for rates near the ends, where the
 * usual {@code p -+ z * sqrt(p * (1 - p) / n)} has no width at all. {@code n} and {@code p} are of
 * the faded counts, so that the interval widens as outcomes age.
 *
 * @param outcomes how many there have been
 * @param effectiveOutcomes how many they count for after fading, rounded
 * @param lowBps rounded down
 * @param highBps rounded up
 */
public record Success(long outcomes, long effectiveOutcomes, int rateBps, int lowBps, int highBps) {

  private static final double Z = 1.959_963_984_540_054;
  private static final double SQUARE = Z * Z;
  private static final int BPS = 10_000;

  static Success of(Counts counts, long outcomes) {
    double n = counts.outcomes();
    if (n == 0) {
      return new Success(outcomes, 0, 0, 0, BPS);
    }
    double p = counts.rate(0);
    double scale = 1 + SQUARE / n;
    double middle = (p + SQUARE / (2 * n)) / scale;
    double half = Z * StrictMath.sqrt(p * (1 - p) / n + SQUARE / (4 * n * n)) / scale;
    return new Success(
        outcomes,
        StrictMath.round(n),
        (int) StrictMath.round(p * BPS),
        (int) StrictMath.floor(BPS * Math.max(0, middle - half)),
        (int) StrictMath.ceil(BPS * Math.min(1, middle + half)));
  }
}
