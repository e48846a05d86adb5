package io.quaestor.shadow.contest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quaestor.shadow.contest.Results;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicySummaryTest {

  @Test
  void comparesWithTargetMixtureAndOracle() {
    PolicySummary ucb1 =
        PolicySummary.of(
                Results.madeUp(
                    Map.of(
                        "ucb1", new double[] {0.77, 250_000},
                        "mixture_hindsight", new double[] {0.8, 200_000},
                        "oracle", new double[] {0.8, 50_000})))
            .stream()
            .filter(one -> one.policy().equals("ucb1"))
            .findFirst()
            .orElseThrow();

    assertThat(ucb1.points().mean()).isCloseTo(-3, within(1e-9));
    assertThat(ucb1.costRatio().mean()).isEqualTo(1.25);
    assertThat(ucb1.savings().mean()).isEqualTo(0.75);
    assertThat(ucb1.missRate().mean()).isCloseTo(0.23, within(1e-9));
    assertThat(ucb1.regretMicrocents().mean()).isEqualTo(200_000);
    assertThat(ucb1.shortfall().mean()).isCloseTo(30, within(1e-9));
  }

  @Test
  void spreadsAreSampleDeviations() {
    Spread spread = Spread.of(List.of(1.0, 2.0, 6.0));

    assertThat(spread.mean()).isEqualTo(3);
    assertThat(spread.deviation()).isCloseTo(Math.sqrt(7), within(1e-12));
    assertThat(Spread.of(List.of(4.0)).deviation()).isZero();
  }

  @Test
  void moneyHasFourDigitsAndNoExponent() {
    assertThat(Numbers.usd(123_456_789)).isEqualTo("1.235");
    assertThat(Numbers.usd(1)).isEqualTo("0.00000001");
    assertThat(Numbers.usd(-98_765_432_100_000.0)).isEqualTo("-987700");
    assertThat(Numbers.usd(0)).isEqualTo("0");
    assertThat(Numbers.usd(Double.NaN)).isEqualTo("-");
  }
}
