package io.quaestor.chaos.chain;

import com.fasterxml.jackson.databind.JsonNode;

/** The four numbers of a budget, in microcents. */
public record Money(long initial, long remaining, long reserved, long committed) {

  static final Money NONE = new Money(0, 0, 0, 0);

  /** The numbers as a record or an answer states them. */
  public static Money of(JsonNode budget) {
    return new Money(
        number(budget, "initial_microcents"),
        number(budget, "remaining_microcents"),
        number(budget, "reserved_microcents"),
        number(budget, "committed_microcents"));
  }

  private static long number(JsonNode budget, String name) {
    JsonNode number = budget.path(name);
    if (!number.isIntegralNumber()) {
      throw new AssertionError("no integer " + name + " in " + budget);
    }
    return number.longValue();
  }

  /** remaining + reserved + committed = initial, and no account below zero but what remains. */
  public boolean isIdentical() {
    return Math.addExact(Math.addExact(remaining, reserved), committed) == initial
        && reserved >= 0
        && committed >= 0;
  }
}
