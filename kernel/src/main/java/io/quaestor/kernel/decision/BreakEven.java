package io.quaestor.kernel.decision;

/**
 * Finds the least business value that gives a candidate a utility above 0.
 *
 * <p>With {@code A = confidence * quality}, {@code B = risk * riskMultiplier}, {@code D = 10^8} and
 * the fixed expense {@code K = cost + delay}, wanted is the least V with
 *
 * <pre>floor(V * A / D) - floor(V * B / D) >= K + 1</pre>
 *
 * Without A > B there is none. Otherwise the difference is {@code floor(V * (A - B) / D)} or that
 * plus 1, so it is at most K below {@code start = ceil(K * D / (A - B))} and the search begins
 * there. The condition says that there is an integer y with {@code V * B / D < y <= V * A / D - K}:
 * that a point (V, y) lies in a wedge that opens to the right. Its leftmost lattice point is found
 * as in Euclid's algorithm, by taking whole slopes off and swapping the axes, in as many steps as
 * the greatest common divisor of the slopes would take.
 */
final class BreakEven {
  private static final int D = ExactPath.SHARE_SQUARED;

  private BreakEven() {}

  static long value(Limits limits, Candidates candidates, Input in) {
    long risk = (long) in.riskBps() * limits.riskMultiplierBps();
    long least = -1;
    for (int i = 0; i < candidates.size(); i++) {
      Candidate c = candidates.get(i);
      long gain = (long) in.confidenceBps() * c.qualityBps();
      if (gain > risk && Constraints.firstFailed(c, in) == Gate.PASSED) {
        long cost = ExactPath.cost(c, in.inputTokens(), in.outputTokens());
        long value = leastValue(gain, risk, Wide.add(cost, ExactPath.delay(limits, c)));
        least = least < 0 ? value : Math.min(least, value);
      }
    }
    return least;
  }

  /** The least V for {@code D >= gain > risk >= 0} and an unsigned expense, saturating. */
  private static long leastValue(long gain, long risk, long expense) {
    if (expense < 0) {
      return Long.MAX_VALUE;
    }
    long start = Wide.multiplyDivideCeil(expense, D, (int) (gain - risk));
    if (start < 0) {
      return Long.MAX_VALUE;
    }
    long lower = remainder(start, risk) + 1;
    long surplus = Wide.multiplyDivide(start, gain, D) - Wide.multiplyDivide(start, risk, D);
    long upper = remainder(start, gain) + (surplus - expense) * D;
    return Wide.toSigned(start + leftmost(risk, lower, D, gain, upper, D));
  }

  /** {@code start * share mod D}; the low words suffice as both products wrap alike. */
  private static long remainder(long start, long share) {
    return start * share - Wide.multiplyDivide(start, share, D) * D;
  }

  /**
   * The least {@code x >= 0} for which an integer y has {@code (a * x + b) / m <= y <= (c * x + d)
   * / n}, for slopes {@code a / m < c / n}, not negative, and positive m and n.
   */
  private static long leftmost(long a, long b, long m, long c, long d, long n) {
    long y = Math.ceilDiv(b, m);
    if (y <= Math.floorDiv(d, n)) {
      return 0;
    }
    long slope = a / m;
    long lowerRise = a - slope * m;
    long upperRise = c - slope * n;
    if (lowerRise > 0) {
      y += leftmost(n, n * y - d, upperRise, m, m * y - b, lowerRise);
    }
    return Math.ceilDiv(n * y - d, upperRise);
  }
}
