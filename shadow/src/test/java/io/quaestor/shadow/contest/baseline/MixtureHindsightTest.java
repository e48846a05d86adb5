package io.quaestor.shadow.contest.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quaestor.shadow.contest.BenchSet;
import io.quaestor.shadow.contest.CandidateTotals;
import io.quaestor.shadow.contest.Sets;
import io.quaestor.shadow.contest.Totals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixtureHindsightTest {

  @Test
  void mixesTwoCandidatesExactlyToTheTarget() {
    // Rates 0.5 and 1, costs 10 and 110 a call: at 0.75 half of each.
    BenchSet set =
        Sets.of(
            new int[][] {Sets.cell(10_000, 10), Sets.cell(10_000, 110)},
            new int[][] {Sets.cell(0, 10), Sets.cell(10_000, 110)});

    Totals totals = Sets.play(new MixtureHindsight(), set, 0.75);

    assertThat(totals.successRate()).isEqualTo(0.75);
    assertThat(totals.costMicrocents()).isEqualTo(120);
  }

  @Test
  void takesOneCandidateAloneWhereTheTargetIsBelowOrAboveAll() {
    BenchSet set = Sets.of(new int[][] {Sets.cell(5_000, 10), Sets.cell(8_000, 30)});

    assertThat(Sets.play(new MixtureHindsight(), set, 0.2).costMicrocents()).isEqualTo(10);
    assertThat(Sets.play(new MixtureHindsight(), set, 0.5).costMicrocents()).isEqualTo(10);
    assertThat(Sets.play(new MixtureHindsight(), set, 0.8).costMicrocents()).isEqualTo(30);
    assertThat(Sets.play(new MixtureHindsight(), set, 0.9).costMicrocents()).isEqualTo(30);
  }

  @Test
  void isDefinedWhereAllCostTheSame() {
    BenchSet set = Sets.of(new int[][] {Sets.cell(5_000, 10), Sets.cell(8_000, 10)});

    Totals totals = Sets.play(new MixtureHindsight(), set, 0.6);

    assertThat(totals.successRate()).isEqualTo(0.8);
    assertThat(totals.costMicrocents()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void isAsCheapAsTheBestOfAllPairs(long seed) {
    BenchSet set = Sets.tiny(9, 5, seed);
    CandidateTotals counted = Sets.tape(set).counted();
    double best = counted.meanScore(counted.best());
    for (double rate = 0; rate <= best; rate += 0.03) {
      Totals totals = Sets.play(new MixtureHindsight(), set, rate);

      // The total is a whole number of microcents.
      assertThat((double) totals.costMicrocents())
          .as("seed %d, rate %s", seed, rate)
          .isCloseTo(cheapestPair(counted, rate), within(0.5 + 1e-9));
      assertThat(totals.successRate()).isGreaterThanOrEqualTo(rate - 1e-12);
    }
  }

  private static double cheapestPair(CandidateTotals totals, double rate) {
    double found = Double.POSITIVE_INFINITY;
    for (int a = 0; a < totals.candidates(); a++) {
      for (int b = 0; b < totals.candidates(); b++) {
        found = Math.min(found, pair(totals, a, b, rate));
      }
    }
    return found;
  }

  private static double pair(CandidateTotals totals, int a, int b, double rate) {
    double from = totals.meanScore(a);
    double to = totals.meanScore(b);
    if (from >= rate) {
      return totals.costMicrocents(a);
    }
    if (to < rate) {
      return Double.POSITIVE_INFINITY;
    }
    double share = (rate - from) / (to - from);
    return (1 - share) * totals.costMicrocents(a) + share * totals.costMicrocents(b);
  }
}
