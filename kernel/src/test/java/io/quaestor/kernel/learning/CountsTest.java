package io.quaestor.kernel.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountsTest {

  @ParameterizedTest
  @ValueSource(ints = {50, 500, 5_000, 100_000})
  void countOneHalfAfterAHalfLife(int halfLife) {
    Counts counts = new Counts(1_000 * Counts.ONE, 0);
    for (int i = 0; i < halfLife; i++) {
      counts = counts.after(0, halfLife);
    }

    assertThat(counts.successes()).isCloseTo(500, withPercentage(1));
  }

  @Test
  void neverFadeWithoutAHalfLife() {
    Counts counts = Counts.NONE;
    for (int i = 0; i < 1_000; i++) {
      counts = counts.after(7_500, 0);
    }

    assertThat(counts).isEqualTo(new Counts(750 * Counts.ONE, 250 * Counts.ONE));
  }

  @Test
  void forgetEverythingButTheLastWithTheShortestHalfLife() {
    Counts counts = new Counts(5 * Counts.ONE, 5 * Counts.ONE);

    assertThat(counts.after(10_000, 1).outcomes()).isBetween(1.0, 6.0);
  }

  @Test
  void keepTheirRateWhenTheyAreCapped() {
    Counts capped = new Counts(900 * Counts.ONE, 100 * Counts.ONE).capped(20);

    assertThat(capped).isEqualTo(new Counts(18 * Counts.ONE, 2 * Counts.ONE));
    assertThat(new Counts(Counts.ONE, 0).capped(20)).isEqualTo(new Counts(Counts.ONE, 0));
    assertThat(new Counts(Counts.ONE, 0).capped(0)).isEqualTo(Counts.NONE);
  }
}
