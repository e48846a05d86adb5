package io.quaestor.kernel.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.quaestor.kernel.decision.RandomCases.Case;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KernelTest {
  private static final Limits LIMITS = new Limits(9_000, 1_000, 0, 0);

  @Test
  void prefersLowerCostThenHigherQualityThenLowerModelIdAmongEqualUtilities() {
    Candidate dearButBetter = candidate(1, 9_000, 3_000_000);
    Candidate cheap = candidate(2, 8_000, 2_000_000);
    Candidate cheapToo = candidate(3, 8_000, 2_000_000);
    Input in = input(10, 10, 1_000);

    Decision decision = decide(List.of(cheapToo, dearButBetter, cheap), in);

    assertThat(decision.selectedModelId()).isEqualTo(1);
    assertThat(decision.counterfactualModelId()).isEqualTo(2);
    assertThat(decision.utilityMicrocents()).isEqualTo(900 - 30);

    Decision tied = decide(List.of(cheapToo, dearButBetter, cheap), input(10, 10, 100));

    assertThat(tied.utilityMicrocents()).isEqualTo(60);
    assertThat(tied.counterfactualUtilityMicrocents()).isEqualTo(60);
    assertThat(tied.selectedModelId()).isEqualTo(2);
    assertThat(tied.counterfactualModelId()).isEqualTo(3);
  }

  @Test
  void holdsTheBudgetAgainstTheMostTokensAndTheUtilityAgainstTheExpectedOnes() {
    Candidate candidate = candidate(1, 10_000, 1_000_000);

    Decision within = decide(List.of(candidate), input(10, 500, 1_000, 500));
    Decision above = decide(List.of(candidate), input(10, 501, 1_000, 500));

    assertThat(within.costMicrocents()).isEqualTo(10);
    assertThat(within.costBoundMicrocents()).isEqualTo(500);
    assertThat(within.utilityMicrocents()).isEqualTo(990);
    assertThat(above.reason()).isEqualTo(Reason.BUDGET_CONSTRAINT);
  }

  @Test
  void looksAtNoCandidateWhenALimitOfThePolicyIsHit() {
    Decision decision = new Decision(1);
    Candidates candidates = Candidates.of(List.of(candidate(1, 10_000, 0)));

    Kernel.decide(new Limits(0, 0, 0, 0), candidates, input(0, 0, 1), decision);

    assertThat(decision.reason()).isEqualTo(Reason.RISK_HARD_LIMIT);
    assertThat(decision.evaluated()).isZero();
    assertThat(decision.selectedModelId()).isZero();
    assertThatThrownBy(() -> decision.gate(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void rejectsForWantOfAnEnabledModelWhenThereIsNoCandidate() {
    Decision decision = decide(List.of(), input(0, 0, 1));

    assertThat(decision.action()).isEqualTo(Action.REJECT);
    assertThat(decision.reason()).isEqualTo(Reason.NO_ENABLED_MODEL);
  }

  @Test
  void decidesTheSameWhateverTheOrderOfTheCatalog() {
    List<Candidate> list =
        new ArrayList<>(
            IntStream.rangeClosed(1, 30)
                .mapToObj(id -> candidate(id, 1_000 * (id % 7), 1_000_000L * (id % 5)))
                .toList());
    Observed first = Observed.of(decide(list, input(100, 100, 5_000)));

    Collections.reverse(list);

    assertThat(Observed.of(decide(list, input(100, 100, 5_000)))).isEqualTo(first);
  }

  @Test
  void refusesABufferThatIsTooSmall() {
    Candidates candidates =
        Candidates.of(List.of(candidate(1, 10_000, 0), candidate(2, 10_000, 0)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernel.decide(LIMITS, candidates, input(0, 0, 1), new Decision(1)))
        .withMessageContaining("2 candidates");
  }

  @Test
  void leavesNothingOfOneDecisionInTheNext() {
    RandomCases cases = new RandomCases(99);
    Decision reused = new Decision(Candidates.SIZE_MAX);

    for (int number = 0; number < 20_000; number++) {
      Case c = cases.next();
      Decision fresh = new Decision(c.candidates().size());
      Kernel.decide(c.limits(), c.candidates(), c.in(), fresh);
      Kernel.decide(c.limits(), c.candidates(), c.in(), reused);

      assertThat(Observed.of(reused)).as("case %d", number).isEqualTo(Observed.of(fresh));
    }
  }

  @Test
  void allocatesNothing() {
    RandomCases cases = new RandomCases(7);
    List<Case> some = IntStream.range(0, 500).mapToObj(i -> cases.next()).toList();
    Decision decision = new Decision(Candidates.SIZE_MAX);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    decideAll(some, decision, 20);
    long thread = Thread.currentThread().threadId();

    long before = threads.getThreadAllocatedBytes(thread);
    int decisions = decideAll(some, decision, 200);
    long allocated = threads.getThreadAllocatedBytes(thread) - before;

    assertThat(allocated / decisions).isZero();
    assertThat(allocated).isLessThan(decisions / 10);
  }

  private static int decideAll(List<Case> cases, Decision decision, int rounds) {
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < cases.size(); i++) {
        Case c = cases.get(i);
        Kernel.decide(c.limits(), c.candidates(), c.in(), decision);
        Kernel.breakEvenValue(c.limits(), c.candidates(), c.in());
      }
    }
    return rounds * cases.size();
  }

  private static Decision decide(List<Candidate> candidates, Input in) {
    Decision decision = new Decision(candidates.size());
    Kernel.decide(LIMITS, Candidates.of(candidates), in, decision);
    return decision;
  }

  private static Candidate candidate(int id, int quality, long outputPrice) {
    return new Candidate(id, 0, quality, 10_000, true, 0, 0, 0, 0, outputPrice);
  }

  private static Input input(long outputTokens, long outputTokensMax, long value) {
    return input(outputTokens, outputTokensMax, value, Long.MAX_VALUE);
  }

  private static Input input(long outputTokens, long outputTokensMax, long value, long budget) {
    return new Input(1, 0, outputTokens, outputTokensMax, value, budget, 0, 10_000, 0, 0, 0, -1, 0);
  }
}
