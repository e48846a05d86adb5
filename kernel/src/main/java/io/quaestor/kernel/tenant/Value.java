package io.quaestor.kernel.tenant;

import io.quaestor.kernel.event.Event;

/** What a success is worth, and who says so. */
record Value(long microcents, String source) {

  private static final String OF_CLIENT = "client";
  private static final String OF_FLOOR = "floor";
  private static final String OF_LEARNING = "learned";

  static Value ofClient(long microcents) {
    return new Value(microcents, OF_CLIENT);
  }

  /**
   * What a success is worth to a client that does not say: a multiple of the least value at which
   * the kernel accepts some model of the required quality. So the cheapest such model wins unless a
   * better one costs little more, whatever the size of the request.
   *
   * @param leastMicrocents the kernel's break-even value, -1 when there is none
   */
  static Value ofFloor(long leastMicrocents, int multipleBps) {
    return new Value(leastMicrocents < 0 ? 0 : multiply(leastMicrocents, multipleBps), OF_FLOOR);
  }

  /** The learned price of quality, if it is more: less could leave no candidate worth its cost. */
  Value orLearned(long priceMicrocents) {
    return priceMicrocents > microcents ? new Value(priceMicrocents, OF_LEARNING) : this;
  }

  private static long multiply(long least, long multiple) {
    return Math.multiplyHigh(least, multiple) == 0 && least * multiple >= 0
        ? least * multiple / 10_000
        : Long.MAX_VALUE;
  }

  static boolean isOfClient(Event.Question question) {
    return question.valueSource().equals(OF_CLIENT);
  }
}
