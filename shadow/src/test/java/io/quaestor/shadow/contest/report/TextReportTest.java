package io.quaestor.shadow.contest.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.shadow.contest.BenchSet;
import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.contest.Contest;
import io.quaestor.shadow.contest.ContestPlan;
import io.quaestor.shadow.contest.ContestProgress;
import io.quaestor.shadow.contest.ContestResult;
import io.quaestor.shadow.contest.Results;
import io.quaestor.shadow.contest.Sets;
import io.quaestor.shadow.contest.baseline.Baselines;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextReportTest {

  private static final Pattern CODES = Pattern.compile("\u001b\\[[0-9;]*m");

  private static final ContestResult RESULT = Results.played("synthetic", Order.SHUFFLED);
  private static final ContestResult ALARMS = Results.playedWithPositives();

  private final TextReport plain = new TextReport(Paint.PLAIN);

  @Test
  void showsAllPoliciesAndAVerdictForEachTarget() {
    String text = plain.of(RESULT, List.of());

    assertThat(text)
        .startsWith(
            "synthetic: 400 requests (360 counted), 3 candidates, shuffled by seed; saved against"
                + " model-2\n")
        .contains("(30 % of the way from the cheapest to the best), 3 seeds, mean ±")
        .contains("(62.5 % of the way")
        .contains("quaestor reached  rate ")
        .contains("quaestor MISSED   cost ");
    assertThat(text.lines().filter(line -> line.startsWith("mixture_hindsight "))).hasSize(2);
    assertThat(text.lines().filter(line -> line.startsWith("oracle "))).hasSize(2);
  }

  @Test
  void fitsATerminal() {
    String all =
        plain.of(RESULT, List.of())
            + plain.of(ALARMS, List.of())
            + plain.overview(List.of(RESULT, ALARMS));

    assertThat(all.lines()).allMatch(line -> line.length() <= TextReport.COLUMNS_MAX);
  }

  @Test
  void coloursChangeNothingElse() {
    TextReport coloured = new TextReport(Paint.COLOURED);

    assertThat(plain.of(RESULT, List.of())).doesNotContain("\u001b");
    assertThat(coloured.of(RESULT, List.of())).contains("\u001b[32m");
    assertThat(CODES.matcher(coloured.of(RESULT, List.of())).replaceAll(""))
        .isEqualTo(plain.of(RESULT, List.of()));
    assertThat(CODES.matcher(coloured.overview(List.of(RESULT))).replaceAll(""))
        .isEqualTo(plain.overview(List.of(RESULT)));
  }

  @Test
  void addsMissedPositivesAndPrecisionWhereThereIsAPositiveClass() {
    assertThat(plain.of(ALARMS, List.of()))
        .contains("missed +")
        .contains("precision")
        .contains("linucb");
    assertThat(plain.of(RESULT, List.of())).doesNotContain("missed +").doesNotContain("linucb");
  }

  @Test
  void theOverviewCountsTheAims() {
    assertThat(plain.overview(List.of(RESULT, ALARMS)))
        .containsPattern("Of 4 targets: rate reached at \\d, cost at \\d, cheaper than the");
  }

  @Test
  void notesAreWrappedBelowTheHeading() {
    String text = plain.of(RESULT, List.of("left out ".repeat(30)));

    assertThat(text.lines().skip(1).limit(3)).allMatch(line -> line.startsWith("left out"));
    assertThat(text.lines()).allMatch(line -> line.length() <= TextReport.COLUMNS_MAX);
  }

  @Test
  void saysWhereThereIsNothingBetterThanTheCheapest() {
    BenchSet flat = Sets.of(new int[][] {Sets.cell(9_000, 1), Sets.cell(5_000, 2)});
    ContestResult result =
        new Contest(new ContestPlan(1, List.of(50.0), 1))
            .run(flat, Baselines.all(), ContestProgress.NONE);

    assertThat(plain.of(result, List.of()))
        .contains("No candidate is better than the cheapest, model-0: every target is its rate.\n");
    assertThat(plain.of(RESULT, List.of())).doesNotContain("No candidate is better");
  }

  @Test
  void longReasonsAreWrappedAtSpaces() {
    assertThat(Words.wrap("one two three four", 12, 3)).isEqualTo("one two\n   three\n   four");
    assertThat(Words.wrap("unbreakable", 5, 2)).isEqualTo("unbreakable");
  }
}
