package io.quaestor.shadow.contest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A column of the table of policies, the same on a terminal and on a page. */
record Column(String title, int width, String meaning, Function<PolicySummary, String> text) {

  private static final List<Column> ALWAYS =
      List.of(
          new Column(
              "success rate",
              16,
              "Mean score over the counted calls.",
              line ->
                  Numbers.withDeviation(Numbers.decimals(4, line.rate().mean()), 4, line.rate())),
          new Column(
              "points",
              7,
              "Distance from the target in percentage points.",
              line -> Numbers.signed(2, line.points().mean())),
          new Column(
              "cost/mixture",
              15,
              "Cost over that of the cheapest mixture of two candidates in hindsight.",
              line ->
                  Numbers.withDeviation(
                      Numbers.decimals(3, line.costRatio().mean()), 3, line.costRatio())),
          new Column(
              "saved",
              8,
              "Share of the baseline candidate's cost.",
              line -> Numbers.percent(line.savings().mean())),
          new Column(
              "miss rate",
              9,
              "1 - success rate.",
              line -> Numbers.decimals(4, line.missRate().mean())),
          new Column(
              "regret USD",
              11,
              "Cost above the least possible at the target.",
              line -> Numbers.usd(line.regretMicrocents().mean())),
          new Column(
              "short",
              8,
              "Successes missing to the target.",
              line -> Numbers.decimals(1, line.shortfall().mean())));

  private static final List<Column> WITH_POSITIVES =
      List.of(
          new Column(
              "missed +",
              9,
              "Share of the positives that the chosen candidate did not flag.",
              line -> Numbers.percent(line.missedShare().mean())),
          new Column(
              "precision",
              9,
              "Share of the flagged that is positive.",
              line -> Numbers.decimals(4, line.precision().mean())));

  static List<Column> of(boolean hasPositives) {
    List<Column> columns = new ArrayList<>(ALWAYS);
    if (hasPositives) {
      columns.addAll(WITH_POSITIVES);
    }
    return List.copyOf(columns);
  }
}
