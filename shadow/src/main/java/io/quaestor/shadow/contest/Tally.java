package io.quaestor.shadow.contest;

import io.quaestor.shadow.history.Result;
import java.util.ArrayList;
import java.util.List;

/** Adds up one run. Whole choices are summed as integers; only what is left to chance is not. */
final class Tally {

  private final Tape tape;

  private long scoreBps;
  private double scorePart;
  private long costMicrocents;
  private double costPart;
  private long baselineMicrocents;
  private long positives;
  private double missed;
  private double flagged;

  private final int[] stretchCalls = new int[Stretch.COUNT];
  private final double[] stretchScoreBps = new double[Stretch.COUNT];
  private final double[] stretchCost = new double[Stretch.COUNT];
  private final long[] stretchBaseline = new long[Stretch.COUNT];

  Tally(Tape tape) {
    this.tape = tape;
  }

  /** A call that one candidate served. */
  void add(int call, int chosen) {
    add(call, chosen, chosen, 0);
  }

  /** A call that two candidates share: {@code upper} serves it with this probability. */
  void add(int call, int lower, int upper, double share) {
    List<Result> results = tape.results(call);
    addToStretch(call, results.get(lower), results.get(upper), share);
    if (call >= tape.countedFrom()) {
      count(call, results.get(lower), results.get(upper), share);
    }
  }

  private void count(int call, Result lower, Result upper, double share) {
    scoreBps += lower.scoreBps();
    scorePart += share * (upper.scoreBps() - lower.scoreBps());
    costMicrocents = Math.addExact(costMicrocents, lower.costMicrocents());
    costPart += share * (upper.costMicrocents() - lower.costMicrocents());
    baselineMicrocents = Math.addExact(baselineMicrocents, tape.baseline(call).costMicrocents());
    countFlags(call, mixed(lower.flagged() ? 1 : 0, upper.flagged() ? 1 : 0, share));
  }

  private void countFlags(int call, double flag) {
    flagged += flag;
    if (Boolean.TRUE.equals(tape.positive(call))) {
      positives++;
      missed += 1 - flag;
    }
  }

  private void addToStretch(int call, Result lower, Result upper, double share) {
    int at = Stretch.of(call, tape.calls());
    stretchCalls[at]++;
    stretchScoreBps[at] += mixed(lower.scoreBps(), upper.scoreBps(), share);
    stretchCost[at] +=
        mixed((double) lower.costMicrocents(), (double) upper.costMicrocents(), share);
    stretchBaseline[at] += tape.baseline(call).costMicrocents();
  }

  private static double mixed(double lower, double upper, double share) {
    return lower + share * (upper - lower);
  }

  Totals totals() {
    return new Totals(
        tape.countedCalls(),
        scoreBps + scorePart,
        Math.addExact(costMicrocents, Math.round(costPart)),
        baselineMicrocents,
        positives,
        missed,
        flagged);
  }

  List<Stretch> course() {
    List<Stretch> course = new ArrayList<>(Stretch.COUNT);
    for (int i = 0; i < Stretch.COUNT; i++) {
      course.add(
          new Stretch(stretchCalls[i], stretchScoreBps[i], stretchCost[i], stretchBaseline[i]));
    }
    return List.copyOf(course);
  }
}
