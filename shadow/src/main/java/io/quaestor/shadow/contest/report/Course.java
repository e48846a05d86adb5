package io.quaestor.shadow.contest.report;

import io.quaestor.shadow.contest.RunResult;
import io.quaestor.shadow.contest.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A value over the time of a run, over all seeds: at each stretch that of the calls around it,
 * since a stretch of a short run holds a handful of calls.
 */
record Course(List<Double> percents, List<Double> values) {

  /** So many stretches to each side; with the one in the middle a tenth of the run. */
  private static final int AROUND = 2;

  static Course of(List<RunResult> runs, ToDoubleFunction<Stretch> value) {
    List<Double> percents = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int at = 0; at < Stretch.COUNT; at++) {
      double found = value.applyAsDouble(around(runs, at));
      if (Double.isFinite(found) && isPlayed(runs, at)) {
        percents.add((at + 0.5) * 100 / Stretch.COUNT);
        values.add(found);
      }
    }
    return new Course(percents, values);
  }

  private static Stretch around(List<RunResult> runs, int at) {
    int from = Math.max(0, at - AROUND);
    int to = Math.min(Stretch.COUNT, at + AROUND + 1);
    return runs.stream()
        .flatMap(run -> run.course().subList(from, to).stream())
        .reduce(Stretch.NONE, Stretch::plus);
  }

  private static boolean isPlayed(List<RunResult> runs, int at) {
    return runs.stream().anyMatch(run -> run.course().get(at).calls() > 0);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }
}
