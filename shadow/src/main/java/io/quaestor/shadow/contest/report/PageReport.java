package io.quaestor.shadow.contest.report;

import io.quaestor.shadow.contest.CandidateTotals;
import io.quaestor.shadow.contest.ContestResult;
import io.quaestor.shadow.contest.SetFacts;
import io.quaestor.shadow.contest.TargetResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;

/** One page with everything in it: tables, verdicts, charts; asks for nothing from the network. */
public final class PageReport {

  private final Svg svg = new Svg();

  public String of(List<ContestResult> results) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n");
    page.append("<head>\n<meta charset=\"utf-8\"/>\n<title>Learning bench</title>\n");
    page.append("<style>\n").append(css()).append("</style>\n</head>\n<body>\n");
    page.append(Html.element("h1", "Learning bench"));
    appendOverview(page, Overview.of(results));
    appendLegend(page, results);
    results.forEach(result -> append(page, result));
    return page.append("</body>\n</html>\n").toString();
  }

  private static String css() {
    try (InputStream in = PageReport.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IllegalStateException("page.css is missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void appendOverview(StringBuilder page, Overview overview) {
    page.append(Html.element("h2", "Aims of " + Verdict.JUDGED));
    if (overview.lines().isEmpty()) {
      page.append(Html.element("p", "It took no part, so there is nothing to judge."));
      return;
    }
    page.append(Html.element("p", overview.sentence()));
    page.append(
        Html.table(
            List.of("set", "target", "points", "rate", "cost/mixture", "cost", "cheaper"),
            overview.lines().stream().map(PageReport::row).toList()));
  }

  private static List<String> row(Overview.Line line) {
    return List.of(
        line.set(),
        line.percent() + " %",
        Numbers.signed(2, line.judged().points().mean()),
        word(line.verdict().rate()),
        Numbers.decimals(3, line.judged().costRatio().mean()),
        word(line.verdict().cost()),
        word(line.verdict().cheaper()));
  }

  private static String word(Verdict.Aim aim) {
    return aim.reached() ? "reached" : "MISSED";
  }

  private static void appendLegend(StringBuilder page, List<ContestResult> results) {
    boolean positives = results.stream().map(ContestResult::set).anyMatch(SetFacts::hasPositives);
    page.append(Html.element("h2", "How to read the tables"));
    page.append(
        Html.element(
            "p",
            "All policies of a seed see the same requests in the same order; the first tenth is"
                + " played but not counted. Numbers are means over the seeds, ± their standard"
                + " deviation. mixture_hindsight, fixed_hindsight and oracle know the future."));
    List<List<String>> meanings =
        Column.of(positives).stream()
            .map(column -> List.of(column.title(), column.meaning()))
            .toList();
    page.append("<div class=\"words\">\n")
        .append(Html.table(List.of("column", "meaning"), meanings))
        .append("</div>\n");
  }

  private void append(StringBuilder page, ContestResult result) {
    page.append(Html.element("h2", result.set().name()));
    page.append(Html.element("p", TextReport.heading(result)));
    TextReport.remark(result).ifPresent(remark -> page.append(Html.element("p", remark)));
    page.append(candidates(result));
    page.append(figure(Charts.costAgainstRate(result)));
    page.append(Legend.of(result));
    result.targets().forEach(target -> append(page, result.set(), target));
  }

  private String figure(XYChart chart) {
    return "<figure>\n"
        + Html.element("figcaption", chart.getTitle())
        + svg.of(chart)
        + "\n</figure>\n";
  }

  private static String candidates(ContestResult result) {
    List<String> names = result.set().candidates();
    CandidateTotals totals = result.totals();
    return Html.table(
        List.of("candidate", "mean score", "USD for 1,000 requests"),
        IntStream.range(0, names.size())
            .mapToObj(
                k ->
                    List.of(
                        names.get(k),
                        Numbers.decimals(4, totals.meanScore(k)),
                        Numbers.usd(1_000 * totals.meanCostMicrocents(k))))
            .toList());
  }

  private void append(StringBuilder page, SetFacts set, TargetResult result) {
    List<PolicySummary> policies = PolicySummary.of(result);
    page.append(Html.element("h3", TextReport.heading(result)));
    page.append(policies(Column.of(set.hasPositives()), policies));
    Verdict.of(policies).ifPresent(verdict -> append(page, verdict));
    page.append(figure(Charts.savings(result)));
    page.append(figure(Charts.missRate(result)));
  }

  private static String policies(List<Column> columns, List<PolicySummary> policies) {
    List<String> header = new ArrayList<>(List.of("policy"));
    columns.forEach(column -> header.add(column.title()));
    return Html.table(header, policies.stream().map(policy -> row(columns, policy)).toList());
  }

  private static List<String> row(List<Column> columns, PolicySummary policy) {
    return Stream.concat(
            Stream.of(policy.policy()), columns.stream().map(column -> column.text().apply(policy)))
        .toList();
  }

  private static void append(StringBuilder page, Verdict verdict) {
    page.append("<ul>\n");
    for (Verdict.Aim aim : verdict.aims()) {
      page.append("<li class=\"").append(aim.reached() ? "reached" : "missed").append("\">");
      page.append(Html.escape(word(aim) + ": " + aim.reason())).append("</li>\n");
    }
    page.append("</ul>\n");
  }
}
