package io.quaestor.shadow.contest.report;

import io.quaestor.shadow.contest.RunResult;
import io.quaestor.shadow.contest.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A value over the time of a run, mean over the seeds; only where it is known. */
record Course(List<Double> percents, List<Double> values) {

  static Course of(List<RunResult> runs, ToDoubleFunction<Stretch> value) {
    List<Double> percents = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < Stretch.COUNT; i++) {
      double mean = mean(runs, i, value);
      if (Double.isFinite(mean)) {
        percents.add((i + 0.5) * 100 / Stretch.COUNT);
        values.add(mean);
      }
    }
    return new Course(percents, values);
  }

  /** Of the stretches that hold calls: a short run leaves some empty. */
  private static double mean(List<RunResult> runs, int at, ToDoubleFunction<Stretch> value) {
    return runs.stream()
        .map(run -> run.course().get(at))
        .filter(stretch -> stretch.calls() > 0)
        .mapToDouble(value)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }
}
