package io.quaestor.benchmarks.load.wrk;

/**
 * What one target gave in one round.
 *
 * @param processorMicros what the server used for each request: unlike the rate, it says the same
 *     on a machine that others use too
 * @param othersPercent what neither the server nor wrk used of all processors: a round with more
 *     than a few percent was measured on another machine than the one that is printed
 */
record Measured(Wrk.Result result, double processorMicros, double othersPercent) {

  private static final double MICROS_PER_MILLI = 1_000;

  double perSecond() {
    return result.perSecond();
  }

  double p50Millis() {
    return result.p50Micros() / MICROS_PER_MILLI;
  }

  double p99Millis() {
    return result.p99Micros() / MICROS_PER_MILLI;
  }

  double maxMillis() {
    return result.maxMicros() / MICROS_PER_MILLI;
  }

  /** Answers that were no decision, and connections that failed. Both have to be none. */
  long notAnswered() {
    return result.non2xx() + result.failed();
  }

  /** This rate as a share of another one, in percent. */
  double percentOf(Measured other) {
    return 100 * perSecond() / other.perSecond();
  }
}
