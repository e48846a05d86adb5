package io.quaestor.shadow.contest.report;

import io.quaestor.shadow.contest.CandidateTotals;
import io.quaestor.shadow.contest.ContestResult;
import io.quaestor.shadow.contest.SetFacts;
import io.quaestor.shadow.contest.TargetResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tables of at most {@value #COLUMNS_MAX} columns of text, and a verdict below each. */
public final class TextReport {

  static final int COLUMNS_MAX = 120;

  private static final int NAME_WIDTH = 18;

  private final Paint paint;

  public TextReport(Paint paint) {
    this.paint = paint;
  }

  /**
   * All targets of one set.
   *
   * @param notes on the set, such as what was left out of its files
   */
  public String of(ContestResult result, List<String> notes) {
    StringBuilder text = new StringBuilder();
    text.append(paint.bold(Words.wrap(heading(result), COLUMNS_MAX, 0))).append('\n');
    notes.forEach(note -> text.append(Words.wrap(note, COLUMNS_MAX, 0)).append('\n'));
    remark(result).ifPresent(remark -> text.append(remark).append('\n'));
    result.targets().forEach(target -> append(text, result.set(), target));
    return text.toString();
  }

  /** Where there is no way between cheapest and best, all targets are one. */
  static Optional<String> remark(ContestResult result) {
    CandidateTotals totals = result.totals();
    int cheapest = totals.cheapest();
    return totals.scoreBps(cheapest) == totals.scoreBps(totals.best())
        ? Optional.of(
            "No candidate is better than the cheapest, %s: every target is its rate."
                .formatted(result.set().candidates().get(cheapest)))
        : Optional.empty();
  }

  static String heading(ContestResult result) {
    SetFacts set = result.set();
    return String.format(
        Locale.ROOT,
        "%s: %,d requests (%,d counted), %d candidates, %s; saved against %s",
        set.name(),
        set.cases(),
        result.countedCalls(),
        set.candidates().size(),
        order(set),
        set.baseline());
  }

  private static String order(SetFacts set) {
    return switch (set.order()) {
      case FILE -> "in the order of the file";
      case SHUFFLED -> "shuffled by seed";
    };
  }

  static String heading(TargetResult result) {
    return String.format(
        Locale.ROOT,
        "target %.4f (%s %% of the way from the cheapest to the best), %s",
        result.target().rate(),
        percent(result),
        seeds(result));
  }

  static String percent(TargetResult result) {
    double percent = result.target().percent();
    return percent == Math.rint(percent) ? Numbers.decimals(0, percent) : Double.toString(percent);
  }

  private static String seeds(TargetResult result) {
    int seeds = result.runs().values().iterator().next().size();
    return seeds == 1 ? "1 seed" : seeds + " seeds, mean ±standard deviation";
  }

  private void append(StringBuilder text, SetFacts set, TargetResult result) {
    List<PolicySummary> policies = PolicySummary.of(result);
    List<Column> columns = Column.of(set.hasPositives());
    text.append('\n').append(heading(result)).append('\n');
    text.append(paint.dim(header(columns))).append('\n');
    policies.forEach(policy -> text.append(line(columns, policy)).append('\n'));
    Verdict.of(policies).ifPresent(verdict -> append(text, verdict));
  }

  private static String header(List<Column> columns) {
    return pad("policy", NAME_WIDTH)
        + columns.stream()
            .map(column -> " " + padLeft(column.title(), column.width()))
            .collect(Collectors.joining());
  }

  private String line(List<Column> columns, PolicySummary policy) {
    String line =
        pad(policy.policy(), NAME_WIDTH)
            + columns.stream()
                .map(column -> " " + padLeft(column.text().apply(policy), column.width()))
                .collect(Collectors.joining());
    return policy.policy().equals(Verdict.JUDGED) ? paint.bold(line) : line;
  }

  private void append(StringBuilder text, Verdict verdict) {
    for (Verdict.Aim aim : verdict.aims()) {
      String word = aim.reached() ? paint.good("reached") : paint.bad("MISSED ");
      String reason = Words.wrap(aim.reason(), COLUMNS_MAX, Verdict.JUDGED.length() + 10);
      text.append(Verdict.JUDGED).append(' ').append(word).append("  ").append(reason);
      text.append('\n');
    }
  }

  /** One line a set and target, and how many aims were reached in all. */
  public String overview(List<ContestResult> results) {
    Overview overview = Overview.of(results);
    StringBuilder text = new StringBuilder(paint.bold("Aims of " + Verdict.JUDGED)).append('\n');
    if (overview.lines().isEmpty()) {
      return text.append("It took no part, so there is nothing to judge.\n").toString();
    }
    text.append(paint.dim(overviewHeader())).append('\n');
    overview.lines().forEach(line -> text.append(line(line)).append('\n'));
    return text.append(overview.sentence()).append('\n').toString();
  }

  private static String overviewHeader() {
    return pad("set", 28)
        + padLeft("target", 8)
        + padLeft("points", 9)
        + padLeft("", 9)
        + padLeft("cost/mixture", 14)
        + padLeft("", 9)
        + padLeft("cheaper", 10);
  }

  private String line(Overview.Line line) {
    return pad(line.set(), 28)
        + padLeft(line.percent() + " %", 8)
        + padLeft(Numbers.signed(2, line.judged().points().mean()), 9)
        + word(line.verdict().rate(), 9)
        + padLeft(Numbers.decimals(3, line.judged().costRatio().mean()), 14)
        + word(line.verdict().cost(), 9)
        + word(line.verdict().cheaper(), 10);
  }

  private String word(Verdict.Aim aim, int width) {
    return aim.reached()
        ? paint.good(padLeft("reached", width))
        : paint.bad(padLeft("MISSED", width));
  }

  /** A name that is too long for its column is cut: the table must not break. */
  private static String pad(String text, int width) {
    String shown = text.length() < width ? text : text.substring(0, width - 2) + "~ ";
    return shown + " ".repeat(width - shown.length());
  }

  private static String padLeft(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
