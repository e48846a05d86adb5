package io.quaestor.shadow.contest;

import java.util.List;
import java.util.stream.LongStream;

/**
 * How a contest is held.
 *
 * @param seeds 1 to this number, each a run of its own
 * @param targetPercents as in {@link Target#percent}
 * @param threads that runs are spread over; the results do not depend on it
 */
public record ContestPlan(int seeds, List<Double> targetPercents, int threads) {

  public static final int SEEDS_DEFAULT = 10;
  public static final int SEEDS_MAX = 10_000;
  public static final int THREADS_MAX = 256;
  public static final int TARGETS_MAX = 100;

  public ContestPlan {
    targetPercents = List.copyOf(targetPercents);
    require(seeds >= 1 && seeds <= SEEDS_MAX, "The number of seeds is 1 to " + SEEDS_MAX);
    require(threads >= 1 && threads <= THREADS_MAX, "The number of threads is 1 to " + THREADS_MAX);
    require(
        !targetPercents.isEmpty() && targetPercents.size() <= TARGETS_MAX,
        "The number of targets is 1 to " + TARGETS_MAX);
    for (double percent : targetPercents) {
      require(percent >= 0 && percent <= 100, "A target is 0 to 100 %");
    }
  }

  public ContestPlan withTargets(List<Double> percents) {
    return new ContestPlan(seeds, percents, threads);
  }

  List<Long> seedList() {
    return LongStream.rangeClosed(1, seeds).boxed().toList();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise + ".");
    }
  }
}
