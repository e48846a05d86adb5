package io.quaestor.kernel.event;

import static java.lang.Math.addExact;
import static java.lang.Math.subtractExact;

/**
 * A budget is a sum of money split into three accounts, all in microcents: what remains, what is
 * reserved for open decisions and what is committed for good.
 *
 * <p>The identity {@code remaining + reserved + committed = initial} is kept as double entry: every
 * change moves money between two accounts, and the constructor refuses to exist when the sum does
 * not hold. So a corrupt record fails at its first bad event, not at the first bad bill.
 *
 * @param remainingMicrocents free money; negative only after a cost above its reservation
 * @param reservedMicrocents the sum of all open reservations, never negative
 * @param committedMicrocents what has been spent, never negative
 */
public record Budget(
    long initialMicrocents,
    long remainingMicrocents,
    long reservedMicrocents,
    long committedMicrocents) {

  public static final Budget ZERO = new Budget(0, 0, 0, 0);

  public Budget {
    if (initialMicrocents < 0 || reservedMicrocents < 0 || committedMicrocents < 0) {
      throw new IllegalArgumentException(
          "a budget account is negative: initial %d, reserved %d, committed %d"
              .formatted(initialMicrocents, reservedMicrocents, committedMicrocents));
    }
    long sum = addExact(addExact(remainingMicrocents, reservedMicrocents), committedMicrocents);
    if (sum != initialMicrocents) {
      throw new IllegalArgumentException(
          "budget identity broken: remaining %d + reserved %d + committed %d = %d, not initial %d"
              .formatted(
                  remainingMicrocents,
                  reservedMicrocents,
                  committedMicrocents,
                  sum,
                  initialMicrocents));
    }
  }

  /** A fresh budget of which everything remains. */
  public static Budget of(long initialMicrocents) {
    return new Budget(initialMicrocents, initialMicrocents, 0, 0);
  }

  /** New money from outside (negative when the budget is resized downwards). */
  public Budget add(long amountMicrocents) {
    return new Budget(
        addExact(initialMicrocents, amountMicrocents),
        addExact(remainingMicrocents, amountMicrocents),
        reservedMicrocents,
        committedMicrocents);
  }

  /** remaining to reserved. */
  public Budget reserve(long amountMicrocents) {
    return new Budget(
        initialMicrocents,
        subtractExact(remainingMicrocents, amountMicrocents),
        addExact(reservedMicrocents, amountMicrocents),
        committedMicrocents);
  }

  /** reserved back to remaining. */
  public Budget release(long amountMicrocents) {
    return reserve(-amountMicrocents);
  }

  /** remaining to committed: the true cost of what has been paid, even when it does not fit. */
  public Budget commit(long actualMicrocents) {
    return new Budget(
        initialMicrocents,
        subtractExact(remainingMicrocents, actualMicrocents),
        reservedMicrocents,
        addExact(committedMicrocents, actualMicrocents));
  }
}
