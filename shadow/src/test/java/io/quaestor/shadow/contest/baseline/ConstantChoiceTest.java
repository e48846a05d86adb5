package io.quaestor.shadow.contest.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.shadow.contest.BenchSet;
import io.quaestor.shadow.contest.Policy;
import io.quaestor.shadow.contest.Sets;
import org.junit.jupiter.api.Test;

class ConstantChoiceTest {

  /** Rates 0.2, 0.6, 0.9, 0.7; costs 1, 30, 50, 20. */
  private static final BenchSet SET =
      Sets.of(
          new int[][] {
            Sets.cell(2_000, 1), Sets.cell(6_000, 30), Sets.cell(9_000, 50), Sets.cell(7_000, 20)
          });

  @Test
  void cheapestAndBestAreThoseOfTheAverages() {
    assertThat(cost(ConstantChoice.cheapest(), 0.9)).isEqualTo(1);
    assertThat(cost(ConstantChoice.best(), 0.2)).isEqualTo(50);
  }

  @Test
  void fixedHindsightIsTheCheapestThatReachesTheTarget() {
    assertThat(cost(ConstantChoice.fixedHindsight(), 0.2)).isEqualTo(1);
    assertThat(cost(ConstantChoice.fixedHindsight(), 0.5)).isEqualTo(20);
    assertThat(cost(ConstantChoice.fixedHindsight(), 0.71)).isEqualTo(50);
  }

  @Test
  void fixedHindsightIsTheBestWhereNoneReachesTheTarget() {
    assertThat(cost(ConstantChoice.fixedHindsight(), 0.95)).isEqualTo(50);
  }

  private static long cost(Policy policy, double rate) {
    return Sets.play((Policy.Hindsight) policy, SET, rate).costMicrocents();
  }
}
