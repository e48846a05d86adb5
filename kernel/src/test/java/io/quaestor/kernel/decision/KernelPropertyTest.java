package io.quaestor.kernel.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.decision.RandomCases.Case;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel against {@link ReferenceModel} on random cases; a failure names seed and case. */
class KernelPropertyTest {
  private static final int CASES_PER_SEED = 60_000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 22, 333, 4_444})
  void bothPathsDecideLikeTheReferenceModel(long seed) {
    RandomCases cases = new RandomCases(seed);
    Decision decision = new Decision(Candidates.SIZE_MAX);
    int fast = 0;
    int tied = 0;

    for (int number = 0; number < CASES_PER_SEED; number++) {
      Case c = cases.next();
      Observed expected = new ReferenceModel(c.limits(), c.candidates(), c.in()).decide();

      Kernel.decide(c.limits(), c.candidates(), c.in(), decision);
      assertSame(expected, decision, seed, number, c);
      if (expected.evaluated() > 0 && FastPath.applies(c.limits(), c.candidates(), c.in())) {
        fast++;
        ExactPath.decide(c.limits(), c.candidates(), c.in(), decision);
        assertSame(expected, decision, seed, number, c);
      }
      tied += isTieOfDifferentCosts(expected) ? 1 : 0;
    }

    assertThat(fast).isBetween(CASES_PER_SEED / 3, CASES_PER_SEED * 9 / 10);
    assertThat(tied).isGreaterThan(CASES_PER_SEED / 2_000);
  }

  private static boolean isTieOfDifferentCosts(Observed decided) {
    return decided.counterfactualIndex() >= 0
        && decided.utility() == decided.counterfactualUtility()
        && decided.cost() != decided.counterfactualCost();
  }

  private static void assertSame(
      Observed expected, Decision decision, long seed, int number, Case c) {
    Observed observed = Observed.of(decision);
    if (!observed.equals(expected)) {
      assertThat(observed).as("seed %d, case %d: %s", seed, number, c).isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {5, 66, 777})
  void breaksEvenAtTheLeastValueThatYields(long seed) {
    RandomCases cases = new RandomCases(seed);
    int found = 0;

    for (int number = 0; number < CASES_PER_SEED; number++) {
      Case c = cases.next();
      boolean limited =
          c.in().riskBps() >= c.limits().hardRiskLimitBps()
              || c.in().confidenceBps() < c.limits().minimumConfidenceBps();
      ReferenceModel model = new ReferenceModel(c.limits(), c.candidates(), c.in());

      long value = Kernel.breakEvenValue(c.limits(), c.candidates(), c.in());

      String description = "seed " + seed + ", case " + number + ": " + c;
      if (limited || !model.canYield()) {
        assertThat(value).as(description).isEqualTo(-1);
        continue;
      }
      assertThat(value).as(description).isPositive();
      assertThat(model.yieldsAt(value - 1)).as(description).isFalse();
      if (value < Long.MAX_VALUE) {
        found++;
        assertThat(model.yieldsAt(value)).as(description).isTrue();
      }
    }

    assertThat(found).isGreaterThan(CASES_PER_SEED / 4);
  }
}
