package io.quaestor.shadow.contest.report;

import io.quaestor.shadow.contest.CandidateTotals;
import io.quaestor.shadow.contest.ContestResult;
import io.quaestor.shadow.contest.RunResult;
import io.quaestor.shadow.contest.Stretch;
import io.quaestor.shadow.contest.Target;
import io.quaestor.shadow.contest.TargetResult;
import io.quaestor.shadow.contest.Totals;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of a page. */
final class Charts {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 340;
  private static final Color GRID = new Color(0xE4E4E4);

  /** From this ratio of the dearest to the cheapest on a linear axis would hide the cheap ones. */
  private static final double LOGARITHMIC_FROM = 20;

  private Charts() {}

  /** Savings against the baseline candidate over time. */
  static XYChart savings(TargetResult result) {
    XYChart chart = overTime("Savings over time", "saved, % of the baseline candidate");
    addCourses(chart, result, stretch -> 100 * stretch.savings());
    return chart;
  }

  /** Miss rate over time, and the one that the target allows. */
  static XYChart missRate(TargetResult result) {
    XYChart chart = overTime("Miss rate over time", "miss rate, %");
    addCourses(chart, result, stretch -> 100 * stretch.missRate());
    addAllowed(chart, result.target());
    return chart;
  }

  private static XYChart overTime(String title, String y) {
    XYChart chart = chart(title, "share of the run, %; each point the tenth around it", y);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(100.0);
    return chart;
  }

  private static void addCourses(
      XYChart chart, TargetResult result, ToDoubleFunction<Stretch> value) {
    result.runs().forEach((policy, runs) -> addCourse(chart, policy, Course.of(runs, value)));
  }

  private static void addCourse(XYChart chart, String policy, Course course) {
    if (!course.isEmpty()) {
      XYSeries series = chart.addSeries(policy, course.percents(), course.values());
      series.setMarker(SeriesMarkers.NONE);
      styled(series, policy);
    }
  }

  private static void addAllowed(XYChart chart, Target target) {
    double allowed = 100 * (1 - target.rate());
    XYSeries series =
        chart.addSeries("target", new double[] {0, 100}, new double[] {allowed, allowed});
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(PolicyStyle.TARGET.colour());
    series.setLineStyle(PolicyStyle.TARGET.stroke());
  }

  /** Cost against success rate: one point a policy and target, and the candidates alone. */
  static XYChart costAgainstRate(ContestResult result) {
    XYChart chart =
        chart(
            "Cost against success rate", "USD for 1,000 requests", "success rate, % (mean score)");
    Map<String, Points> policies = points(result);
    Points candidates = candidates(result.totals());
    boolean logarithmic = isLogarithmic(policies, candidates);
    chart.getStyler().setXAxisLogarithmic(logarithmic);
    chart.getStyler().setXAxisTickLabelsFormattingFunction(Numbers::plain);
    add(chart, "single candidates", candidates);
    chart.getSeriesCollection().forEach(Charts::asCandidates);
    policies.forEach((policy, points) -> addPolicy(chart, policy, points));
    return chart;
  }

  private static void asCandidates(XYSeries series) {
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(SeriesMarkers.CROSS);
    series.setMarkerColor(Color.GRAY);
  }

  private static void addPolicy(XYChart chart, String policy, Points points) {
    XYSeries series = add(chart, policy, points);
    styled(series, policy);
    series.setMarker(policy.equals(Verdict.JUDGED) ? SeriesMarkers.DIAMOND : SeriesMarkers.CIRCLE);
    series.setMarkerColor(PolicyStyle.of(policy).colour());
  }

  private static XYSeries add(XYChart chart, String name, Points points) {
    return chart.addSeries(name, points.usd, points.percents);
  }

  private static void styled(XYSeries series, String policy) {
    series.setLineColor(PolicyStyle.of(policy).colour());
    series.setLineStyle(PolicyStyle.of(policy).stroke());
  }

  /** Points of one series. */
  private record Points(List<Double> usd, List<Double> percents) {

    Points() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void add(double microcents, double rate) {
      usd.add(1_000 * Numbers.toUsd(microcents));
      percents.add(100 * rate);
    }
  }

  private static Map<String, Points> points(ContestResult result) {
    Map<String, Points> points = new LinkedHashMap<>();
    for (TargetResult target : result.targets()) {
      target
          .runs()
          .forEach(
              (policy, runs) ->
                  points
                      .computeIfAbsent(policy, _ -> new Points())
                      .add(
                          mean(runs, totals -> (double) totals.costMicrocents() / totals.calls()),
                          mean(runs, Totals::successRate)));
    }
    return points;
  }

  private static double mean(List<RunResult> runs, ToDoubleFunction<Totals> value) {
    return runs.stream().mapToDouble(run -> value.applyAsDouble(run.totals())).average().orElse(0);
  }

  private static Points candidates(CandidateTotals totals) {
    Points points = new Points();
    IntStream.range(0, totals.candidates())
        .forEach(k -> points.add(totals.meanCostMicrocents(k), totals.meanScore(k)));
    return points;
  }

  private static boolean isLogarithmic(Map<String, Points> policies, Points candidates) {
    List<Double> all = new ArrayList<>(candidates.usd);
    policies.values().forEach(points -> all.addAll(points.usd));
    double least = all.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double most = all.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return least > 0 && most / least >= LOGARITHMIC_FROM;
  }

  private static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title(title, x, y)).build();
    style(chart.getStyler());
    return chart;
  }

  private static String title(String title, String x, String y) {
    return "%s (across: %s; up: %s)".formatted(title, x, y);
  }

  private static void style(XYStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotBorderVisible(false);
    // Texts would be drawn as outlines, large and not to be searched; the page writes them.
    styler.setLegendVisible(false);
    styler.setChartTitleVisible(false);
    styler.setAxisTitlesVisible(false);
    styler.setMarkerSize(7);
    styler.setLocale(Locale.ROOT);
  }
}
