package io.quaestor.benchmarks.load;

import java.util.SplittableRandom;

/**
 * Seeded chance. Every request has a stream of its own, so that it depends on the seed and its
 * number alone and not on how fast the server answered.
 */
final class Draws {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final SplittableRandom random;

  private Draws(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * @param purpose keeps the streams of one number apart
   */
  static Draws of(long seed, Purpose purpose, long number) {
    long mixed = seed * GOLDEN + purpose.salt;
    return new Draws((mixed ^ (mixed >>> 29)) * GOLDEN + number * GOLDEN);
  }

  /** What a stream is for. */
  enum Purpose {
    REQUEST(1),
    FATE(2);

    private final long salt;

    Purpose(long salt) {
      this.salt = salt;
    }
  }

  /** True in {@code percent} of all cases. */
  boolean percent(double percent) {
    return random.nextDouble() * 100 < percent;
  }

  /** A number of {@code least} to {@code most}. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  double unit() {
    return random.nextDouble();
  }

  <T> T oneOf(java.util.List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
