package io.quaestor.shadow.contest.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LowerHullTest {

  @Test
  void leavesOutWhatAMixtureOfTwoOthersDominates() {
    long[] scores = {10, 20, 30, 25};
    long[] costs = {1, 9, 12, 3};

    assertThat(LowerHull.of(scores, costs)).containsExactly(0, 3, 2);
  }

  @Test
  void beginsAtTheBestOfTheCheapestAndEndsAtTheCheapestOfTheBest() {
    long[] scores = {10, 20, 90, 90, 5};
    long[] costs = {1, 1, 7, 6, 3};

    assertThat(LowerHull.of(scores, costs)).containsExactly(1, 3);
  }

  @Test
  void isOnePointWhenTheCheapestIsTheBest() {
    assertThat(LowerHull.of(new long[] {5, 5, 3}, new long[] {2, 2, 2})).hasSize(1);
    assertThat(LowerHull.of(new long[] {7}, new long[] {0})).containsExactly(0);
  }

  @Test
  void leavesOutThePointsInTheMiddleOfALine() {
    assertThat(LowerHull.of(new long[] {0, 5, 10}, new long[] {0, 50, 100})).containsExactly(0, 2);
  }

  @Test
  void comparesProductsThatPassSixtyFourBits() {
    long big = Long.MAX_VALUE / 2;

    assertThat(LowerHull.compareProducts(big, big, big, big)).isZero();
    assertThat(LowerHull.compareProducts(big, big, big, big - 1)).isPositive();
    assertThat(LowerHull.compareProducts(3, 7, 11, 2)).isNegative();
    // Low halves whose sign bit is set are no negative numbers.
    assertThat(LowerHull.compareProducts(1L << 62, 2, 1, 1)).isPositive();
  }
}
