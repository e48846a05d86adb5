package io.quaestor.chaos;

/** What a test run can be told with {@code -Dquaestor.chaos.NAME=VALUE}. */
final class Knobs {

  private Knobs() {}

  /** A number that can be set, and what it is otherwise. */
  static int number(String name, int otherwise) {
    return Integer.getInteger("quaestor.chaos." + name, otherwise);
  }

  /** The seed of a random test; printed, so that a failed run can be repeated. */
  static long seed(String test) {
    long seed = Long.getLong("quaestor.chaos.seed", System.nanoTime() % 1_000_000_000L);
    System.out.printf("%s: repeat with -Dquaestor.chaos.seed=%d%n", test, seed);
    return seed;
  }
}
