package io.quaestor.shadow.contest.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.shadow.contest.Results;
import io.quaestor.shadow.contest.report.Verdict.Aim;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {

  @Test
  void allAimsAreReachedAtTheirBounds() {
    Verdict verdict =
        verdict(
            Map.of(
                "quaestor", numbers(0.785, 110_000),
                "mixture_hindsight", numbers(0.8, 100_000),
                "ucb1", numbers(0.9, 110_001)));

    assertThat(verdict.rate())
        .isEqualTo(new Aim(true, "rate -1.50 points from the target, aim at least -1.5"));
    assertThat(verdict.cost())
        .isEqualTo(new Aim(true, "cost 1.100 of the best mixture in hindsight, aim at most 1.1"));
    assertThat(verdict.cheaper())
        .isEqualTo(new Aim(true, "cheaper than every baseline that reaches the rate: ucb1"));
  }

  @Test
  void eachAimIsMissedJustBeyondItsBound() {
    Verdict verdict =
        verdict(
            Map.of(
                "quaestor", numbers(0.7849, 110_100),
                "mixture_hindsight", numbers(0.8, 100_000),
                "thompson", numbers(0.785, 110_100)));

    assertThat(verdict.rate().reached()).isFalse();
    assertThat(verdict.cost().reached()).isFalse();
    assertThat(verdict.cheaper())
        .isEqualTo(
            new Aim(
                false,
                "not cheaper than thompson (1.000 of its cost), which also reaches the rate"));
  }

  @Test
  void yardsticksAreNoRivals() {
    Verdict verdict =
        verdict(
            Map.of(
                "quaestor", numbers(0.8, 105_000),
                "mixture_hindsight", numbers(0.8, 100_000),
                "fixed_hindsight", numbers(0.8, 10_000),
                "oracle", numbers(0.8, 1_000)));

    assertThat(verdict.cheaper()).isEqualTo(new Aim(true, "no baseline reaches the rate"));
  }

  @Test
  void baselinesThatAreShortOfTheRateAreNoRivals() {
    Verdict verdict = verdict(Map.of("quaestor", numbers(0.8, 100), "random", numbers(0.784, 1)));

    assertThat(verdict.cheaper().reached()).isTrue();
    assertThat(verdict.cost())
        .isEqualTo(new Aim(false, "cost not comparable: the mixture in hindsight took no part"));
  }

  @Test
  void saysThatNothingCanBeCheaperThanTheCheapest() {
    Map<String, double[]> policies = new LinkedHashMap<>();
    policies.put("quaestor", numbers(0.8, 300));
    policies.put("cheapest", numbers(0.79, 100));
    policies.put("ucb1", numbers(0.79, 200));

    assertThat(verdict(policies).cheaper().reason())
        .isEqualTo(
            "not cheaper than cheapest (3.000 of its cost; nothing can be cheaper than it),"
                + " ucb1 (1.500 of its cost), which also reach the rate");
  }

  @Test
  void costsOfNothingAreLikeTheMixtures() {
    Verdict verdict =
        verdict(Map.of("quaestor", numbers(0.8, 0), "mixture_hindsight", numbers(0.8, 0)));

    assertThat(verdict.cost().reached()).isTrue();
  }

  @Test
  void thereIsNoneWithoutTheJudgedPolicy() {
    assertThat(Verdict.of(summaries(Map.of("ucb1", numbers(0.8, 1))))).isEmpty();
  }

  private static double[] numbers(double rate, double cost) {
    return new double[] {rate, cost};
  }

  private static Verdict verdict(Map<String, double[]> policies) {
    return Verdict.of(summaries(policies)).orElseThrow();
  }

  private static List<PolicySummary> summaries(Map<String, double[]> policies) {
    return PolicySummary.of(Results.madeUp(policies));
  }
}
