package io.quaestor.shadow.contest.baseline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lower convex hull of points (score, cost): what is worth mixing. It begins at the cheapest
 * point and goes up with growing cost of each further point of score; everything else is dominated
 * by a mixture of two on it (Andrew's monotone chain, on integers, exact).
 */
final class LowerHull {

  private LowerHull() {}

  /** The places of the points on the hull, by growing score and cost; at least one. */
  static List<Integer> of(long[] scores, long[] costs) {
    List<Integer> hull = new ArrayList<>();
    for (int point : byCost(scores, costs)) {
      if (!hull.isEmpty() && scores[point] <= scores[hull.getLast()]) {
        continue;
      }
      while (hull.size() >= 2 && isAbove(scores, costs, hull, point)) {
        hull.removeLast();
      }
      hull.add(point);
    }
    return List.copyOf(hull);
  }

  private static List<Integer> byCost(long[] scores, long[] costs) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingLong(k -> costs[k])
                .thenComparing(Comparator.<Integer>comparingLong(k -> scores[k]).reversed()))
        .toList();
  }

  /** Whether the hull's last point is not below the line from the one before it to the next. */
  private static boolean isAbove(long[] scores, long[] costs, List<Integer> hull, int next) {
    int last = hull.getLast();
    int before = hull.get(hull.size() - 2);
    return compareProducts(
            costs[last] - costs[before],
            scores[next] - scores[last],
            costs[next] - costs[last],
            scores[last] - scores[before])
        >= 0;
  }

  /** Compares a * b with c * d, in 128 bits. */
  static int compareProducts(long a, long b, long c, long d) {
    int high = Long.compare(Math.multiplyHigh(a, b), Math.multiplyHigh(c, d));
    return high != 0 ? high : Long.compareUnsigned(a * b, c * d);
  }
}
