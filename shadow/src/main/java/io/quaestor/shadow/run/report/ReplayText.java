package io.quaestor.shadow.run.report;

import static java.util.Locale.ROOT;

import io.quaestor.shadow.contest.Totals;
import io.quaestor.shadow.contest.report.Numbers;
import io.quaestor.shadow.contest.report.Paint;
import io.quaestor.shadow.run.Figures;
import io.quaestor.shadow.run.ReplayResult;
import io.quaestor.shadow.run.Yardsticks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A replay as tables for people: a line a period, then what does not fit on a line, with a column a
 * period.
 */
public final class ReplayText {

  /** More periods than these are shown by every second, third, ... of them. */
  private static final int COLUMNS_MAX = 10;

  private static final int NAME_CHARS_MAX = 34;

  private final Paint paint;

  public ReplayText(Paint paint) {
    this.paint = paint;
  }

  public String of(ReplayResult result) {
    StringBuilder text = new StringBuilder();
    text.append(paint.bold(heading(result))).append('\n');
    text.append(terms(result)).append('\n');
    result.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
    text.append('\n').append(periods(result));
    text.append('\n').append(tiers(result));
    text.append('\n').append(floors(result));
    text.append('\n').append(prices(result));
    text.append('\n').append(end(result));
    return text.toString();
  }

  private static String heading(ReplayResult result) {
    return String.format(
        ROOT,
        "%s: %,d calls, %d candidates, %s",
        result.profile().set(),
        result.total().calls(),
        result.candidates().size(),
        switch (result.plan().order()) {
          case FILE -> "in the order of the file";
          case SHUFFLED -> "shuffled by seed " + result.plan().seed();
        });
  }

  private static String terms(ReplayResult result) {
    Long budget = result.plan().budgetMicrocents();
    return String.format(
        ROOT,
        "Target %s; saved against %s; cheapest is %s; %s.",
        targets(result),
        result.profile().baseline(),
        result.cheapest(),
        budget == null ? "no budget binds" : "budget " + Numbers.usd(budget) + " USD");
  }

  private static String targets(ReplayResult result) {
    Map<String, Integer> targets = ReplayJson.targetsBps(result);
    Collection<Integer> distinct = new TreeSet<>(targets.values());
    return distinct.size() == 1
        ? rate(distinct.iterator().next())
        : targets.entrySet().stream()
            .map(each -> each.getKey() + " " + rate(each.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String rate(int bps) {
    return Numbers.percent(bps / 10_000.0);
  }

  // ---- a line a period -------------------------------------------------------------------------

  private String periods(ReplayResult result) {
    Table table =
        new Table(
            List.of(
                "calls",
                "rejected",
                "cost USD",
                "baseline",
                "saved",
                "success",
                "missed",
                "precision",
                "explored",
                "anomalies",
                "drifts"));
    result.periods().forEach(period -> table.add(line(span(period), period)));
    table.addTotal(line(String.format(ROOT, "all %,d", result.total().calls()), result.total()));
    return table.text(paint);
  }

  private static String span(Figures period) {
    return String.format(
        ROOT, "%,d-%,d", period.firstCall() + 1, period.firstCall() + period.calls());
  }

  private static List<String> line(String name, Figures figures) {
    return List.of(
        name,
        String.format(ROOT, "%,d", figures.rejected()),
        usd(figures.costMicrocents()),
        usd(figures.baselineMicrocents()),
        Numbers.percent(figures.savings()),
        Numbers.percent(figures.successRate()),
        Numbers.percent(figures.missRate()),
        Numbers.percent(figures.precision()),
        Numbers.percent(figures.exploration()),
        String.format(ROOT, "%,d", figures.learned().anomalies()),
        String.format(ROOT, "%,d", figures.learned().drifts()));
  }

  // ---- a column a period -----------------------------------------------------------------------

  private String tiers(ReplayResult result) {
    List<String> used =
        result.tiers().stream().filter(tier -> result.total().tierShare(tier) > 0).toList();
    int unused = result.tiers().size() - used.size();
    String title = "share of tier" + (unused == 0 ? "" : " (" + unused + " never chosen)");
    return across(result, title, used, tier -> figures -> share(figures.tierShare(tier)), true);
  }

  private String floors(ReplayResult result) {
    return across(
        result,
        "share of floor from",
        List.copyOf(result.total().floorSources().keySet()),
        source -> figures -> share(figures.floorSourceShare(source)),
        true);
  }

  private String prices(ReplayResult result) {
    return across(
        result,
        "price of a success, USD",
        List.copyOf(result.total().priceMicrocents().keySet()),
        useCase ->
            figures -> {
              Long price = figures.priceMicrocents().get(useCase);
              return price == null ? "-" : Numbers.usd(price);
            },
        false);
  }

  private static String share(double share) {
    return share == 0 ? "." : Numbers.percent(share).replace(" %", "%");
  }

  private String across(
      ReplayResult result,
      String title,
      List<String> names,
      Function<String, Function<Figures, String>> cell,
      boolean withTotal) {
    List<Figures> columns = shown(result.periods());
    List<String> header = new ArrayList<>(List.of(title));
    columns.forEach(
        column -> header.add(String.format(ROOT, "..%,d", column.firstCall() + column.calls())));
    if (withTotal) {
      header.add("all");
    }
    Table table = new Table(header);
    for (String name : names) {
      List<String> row = new ArrayList<>(List.of(shortened(name)));
      columns.forEach(column -> row.add(cell.apply(name).apply(column)));
      if (withTotal) {
        row.add(cell.apply(name).apply(result.total()));
      }
      table.add(row);
    }
    return table.text(paint);
  }

  /** The last one is always among them. */
  private static List<Figures> shown(List<Figures> periods) {
    int step = Math.ceilDiv(periods.size(), COLUMNS_MAX);
    return IntStream.range(0, periods.size())
        .filter(i -> (periods.size() - 1 - i) % step == 0)
        .mapToObj(periods::get)
        .toList();
  }

  private static String shortened(String name) {
    return name.length() <= NAME_CHARS_MAX ? name : name.substring(0, NAME_CHARS_MAX - 1) + "~";
  }

  // ---- the end ---------------------------------------------------------------------------------

  private String end(ReplayResult result) {
    StringBuilder text = new StringBuilder();
    Yardsticks yardsticks = result.yardsticks();
    if (yardsticks != null) {
      double cost = (double) result.total().costMicrocents();
      text.append("The same success rate in hindsight: ")
          .append(yardstick("oracle", yardsticks.oracle(), cost))
          .append("; ")
          .append(yardstick("cheapest mixture of two candidates", yardsticks.mixture(), cost))
          .append(".\n");
    }
    result
        .total()
        .rejections()
        .forEach(
            (reason, calls) ->
                text.append(
                    paint.bad(String.format(ROOT, "%,d calls rejected: %s", calls, reason))
                        + "\n"));
    return text.append(ledger(result)).append('\n').toString();
  }

  private static String yardstick(String name, Totals totals, double cost) {
    return "%s %s USD (this run: %s times)"
        .formatted(
            name,
            usd(totals.costMicrocents()),
            Numbers.ratio(cost, (double) totals.costMicrocents()));
  }

  private static String ledger(ReplayResult result) {
    return String.format(
        ROOT,
        "Ledger: committed %s USD = the sum of true costs; reserved %s, remaining + reserved +"
            + " committed = initial; %,d calls cost more than was reserved.",
        usd(result.budget().committedMicrocents()),
        usd(result.budget().reservedMicrocents()),
        result.total().overruns());
  }

  private static String usd(long microcents) {
    return Numbers.usd((double) microcents);
  }
}
