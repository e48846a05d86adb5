package io.quaestor.benchmarks.load.figure;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The middle of the figures of all rounds: one disturbed round does not move it far. */
public final class Median {

  private Median() {}

  public static <T> double of(Collection<T> rounds, ToDoubleFunction<? super T> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
