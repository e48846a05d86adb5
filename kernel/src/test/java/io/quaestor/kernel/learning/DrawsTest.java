package io.quaestor.kernel.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawsTest {

  /** Mean a / (a + b), variance ab / ((a + b)^2 (a + b + 1)). */
  @ParameterizedTest
  @CsvSource({"1, 1", "0.3, 0.7", "2, 5", "16, 4", "300, 700", "5000, 50"})
  void haveTheMomentsOfABetaDistribution(double a, double b) {
    Draws draws = new Draws(7);
    int n = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double x = draws.beta(a, b);
      assertThat(x).isBetween(0.0, 1.0);
      sum += x;
      squares += x * x;
    }

    double mean = a / (a + b);
    double variance = a * b / ((a + b) * (a + b) * (a + b + 1));
    assertThat(sum / n).isCloseTo(mean, within(5 * Math.sqrt(variance / n)));
    assertThat(squares / n - sum / n * sum / n).isCloseTo(variance, within(variance * 0.05));
  }

  @Test
  void areTheSameBitsOnEveryMachine() {
    Draws draws = new Draws(42);

    assertThat(Double.doubleToLongBits(draws.beta(2, 3))).isEqualTo(4_602_463_840_690_048_118L);
    assertThat(Double.doubleToLongBits(draws.beta(0.5, 40))).isEqualTo(4_575_482_094_666_669_675L);
    assertThat(Draws.seed(0, "team-a")).isEqualTo(-911_037_701_775_508_845L);
    assertThat(Draws.seed(1, 2)).isEqualTo(6_334_225_370_231_945_226L);
  }

  @Test
  void makeOtherSeedsOfOtherWords() {
    assertThat(Draws.seed(Draws.seed(0, "ab"), "c"))
        .isNotEqualTo(Draws.seed(Draws.seed(0, "a"), "bc"));
    assertThat(Draws.seed(0, "")).isNotEqualTo(0);
  }
}
