package io.quaestor.shadow.contest.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quaestor.shadow.contest.BenchSet;
import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.contest.Sets;
import io.quaestor.shadow.contest.Totals;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OracleTest {

  @Test
  void paysForTheDearCandidateOnlyWhereItAloneIsRight() {
    BenchSet set =
        Sets.of(
            new int[][] {Sets.cell(10_000, 1), Sets.cell(10_000, 50)},
            new int[][] {Sets.cell(0, 1), Sets.cell(10_000, 60)},
            new int[][] {Sets.cell(0, 1), Sets.cell(10_000, 40)},
            new int[][] {Sets.cell(0, 1), Sets.cell(0, 50)});

    assertThat(Sets.play(new Oracle(), set, 0.25).costMicrocents()).isEqualTo(4);
    assertThat(Sets.play(new Oracle(), set, 0.5).costMicrocents()).isEqualTo(43);
    assertThat(Sets.play(new Oracle(), set, 0.75).costMicrocents()).isEqualTo(102);
    // Out of reach: all that can be had.
    assertThat(Sets.play(new Oracle(), set, 1.0).costMicrocents()).isEqualTo(102);
    assertThat(Sets.play(new Oracle(), set, 1.0).successRate()).isEqualTo(0.75);
  }

  @Test
  void sharesTheLastCallToMeetTheTargetExactly() {
    BenchSet set =
        Sets.of(
            new int[][] {Sets.cell(0, 0), Sets.cell(10_000, 100)},
            new int[][] {Sets.cell(0, 0), Sets.cell(10_000, 300)});

    Totals totals = Sets.play(new Oracle(), set, 0.75);

    assertThat(totals.costMicrocents()).isEqualTo(250);
    assertThat(totals.successRate()).isEqualTo(0.75);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void isAsCheapAsTheBestMixtureOfAllAssignments(long seed) {
    BenchSet set = Sets.tiny(4, 3, seed);
    List<long[]> assignments = assignments(set.history().cases());
    long most = assignments.stream().mapToLong(one -> one[0]).max().orElseThrow();
    for (long score = 0; score <= most; score += 700) {
      Totals totals = Sets.play(new Oracle(), set, score / 40_000.0);

      assertThat((double) totals.costMicrocents())
          .as("seed %d, score %d", seed, score)
          .isCloseTo(cheapest(assignments, score), within(0.5 + 1e-9));
      assertThat(totals.scoreBps()).isGreaterThanOrEqualTo(score - 1e-6);
    }
  }

  /** {score, cost} of each way to serve all calls. */
  private static List<long[]> assignments(List<Case> cases) {
    List<long[]> all = new ArrayList<>(List.of(new long[] {0, 0}));
    for (Case one : cases) {
      List<long[]> longer = new ArrayList<>();
      for (long[] so : all) {
        for (Result result : one.results()) {
          longer.add(new long[] {so[0] + result.scoreBps(), so[1] + result.costMicrocents()});
        }
      }
      all = longer;
    }
    return all;
  }

  private static double cheapest(List<long[]> assignments, long score) {
    double found = Double.POSITIVE_INFINITY;
    for (long[] a : assignments) {
      for (long[] b : assignments) {
        found = Math.min(found, mixed(a, b, score));
      }
    }
    return found;
  }

  private static double mixed(long[] a, long[] b, long score) {
    if (a[0] >= score) {
      return a[1];
    }
    if (b[0] < score) {
      return Double.POSITIVE_INFINITY;
    }
    double share = (double) (score - a[0]) / (b[0] - a[0]);
    return a[1] + share * (b[1] - a[1]);
  }

  @Test
  void isNeverDearerThanTheMixture() {
    BenchSet set =
        Sets.random(
            "any", 500, new double[] {0.4, 0.6, 0.9}, new int[] {10, 40, 300}, Order.FILE, 3);
    for (double rate = 0.35; rate < 0.9; rate += 0.05) {
      assertThat(Sets.play(new Oracle(), set, rate).costMicrocents())
          .isLessThanOrEqualTo(Sets.play(new MixtureHindsight(), set, rate).costMicrocents());
    }
  }
}
