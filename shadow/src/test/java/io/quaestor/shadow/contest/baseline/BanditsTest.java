package io.quaestor.shadow.contest.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quaestor.shadow.contest.BenchSet;
import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.contest.Contender;
import io.quaestor.shadow.contest.Policy;
import io.quaestor.shadow.contest.Sets;
import io.quaestor.shadow.contest.Totals;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BanditsTest {

  private static final BenchSet THREE =
      Sets.random(
          "three", 4_000, new double[] {0.3, 0.8, 0.5}, new int[] {10, 30, 20}, Order.SHUFFLED, 5);

  private static final Case ANY = Sets.request(0, List.of(), null, List.of());

  @ParameterizedTest
  @ValueSource(strings = {"epsilon_greedy", "ucb1", "thompson"})
  void findTheBestCandidate(String name) {
    for (long seed = 1; seed <= 3; seed++) {
      assertThat(play(name, THREE, seed).successRate())
          .as("%s under seed %d", name, seed)
          .isBetween(0.70, 0.83);
    }
  }

  @Test
  void randomTakesAllAlike() {
    Totals totals = play("random", THREE, 1);

    // Mean cost of a call: (10.5 + 31.5 + 21) / 3, mean rate (0.3 + 0.8 + 0.5) / 3.
    assertThat((double) totals.costMicrocents() / totals.calls()).isCloseTo(21, within(0.8));
    assertThat(totals.successRate()).isCloseTo(0.533, within(0.03));
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "epsilon_greedy", "thompson"})
  void differBySeedAndByNothingElse(String name) {
    assertThat(play(name, THREE, 7)).isEqualTo(play(name, THREE, 7));
    assertThat(play(name, THREE, 7)).isNotEqualTo(play(name, THREE, 8));
  }

  @Test
  void epsilonGreedyExploresATenthOfTheTime() {
    EpsilonGreedy contender = new EpsilonGreedy(4, new SplittableRandom(1));
    contender.learn(ANY, 2, score(10_000));
    int others = 0;
    for (int i = 0; i < 10_000; i++) {
      others += contender.choose(ANY, i) == 2 ? 0 : 1;
    }

    // Three of four random choices fall on others.
    assertThat(others / 10_000.0).isCloseTo(0.075, within(0.01));
  }

  @Test
  void epsilonGreedyBreaksTiesAtRandom() {
    EpsilonGreedy contender = new EpsilonGreedy(4, new SplittableRandom(1));
    int[] chosen = new int[4];
    for (int i = 0; i < 8_000; i++) {
      chosen[contender.choose(ANY, i)]++;
    }

    for (int count : chosen) {
      assertThat(count).isBetween(1_800, 2_200);
    }
  }

  @Test
  void ucb1FollowsItsFormula() {
    Ucb1 contender = new Ucb1(2);
    List<Integer> chosen = new ArrayList<>();
    int[] scores = {10_000, 4_000};
    for (int i = 0; i < 6; i++) {
      chosen.add(contender.choose(ANY, i));
      contender.learn(ANY, chosen.getLast(), score(scores[chosen.getLast()]));
    }

    // n = 2: 1 + sqrt(2 ln 2) = 2.18 against 0.4 + 1.18; n = 3: 1 + 1.05 against 0.4 + 1.48;
    // n = 4: 1 + 0.96 against 0.4 + 1.67 = 2.07; n = 5: 1 + 1.04 against 0.4 + 1.27.
    assertThat(chosen).containsExactly(0, 1, 0, 0, 1, 0);
  }

  @Test
  void thompsonTakesFractionalScoresAsTrials() {
    BenchSet halves =
        Sets.of(
            IntStream.range(0, 2_000)
                .mapToObj(_ -> new int[][] {Sets.cell(4_000, 1), Sets.cell(6_000, 2)})
                .toArray(int[][][]::new));

    assertThat(play("thompson", halves, 1).successRate()).isBetween(0.58, 0.6);
  }

  @Test
  void betaDrawsHaveTheMomentsOfTheirDistribution() {
    SplittableRandom random = new SplittableRandom(9);
    for (long[] shape : new long[][] {{1, 1}, {3, 7}, {200, 50}}) {
      checkMoments(shape[0], shape[1], random);
    }
  }

  private static void checkMoments(long a, long b, SplittableRandom random) {
    int draws = 40_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double draw = BetaDraw.of(a, b, random);
      sum += draw;
      squares += draw * draw;
    }
    double mean = (double) a / (a + b);
    double variance = mean * (1 - mean) / (a + b + 1);
    assertThat(sum / draws).isCloseTo(mean, within(5 * Math.sqrt(variance / draws)));
    assertThat(squares / draws - (sum / draws) * (sum / draws))
        .isCloseTo(variance, within(0.05 * variance));
  }

  @Test
  void learnersCountScoresAndNotCosts() {
    Contender contender = new Ucb1(1);
    contender.learn(ANY, 0, new Result(5_000, Long.MAX_VALUE, false));

    assertThat(contender.choose(ANY, 1)).isZero();
  }

  private static Result score(int bps) {
    return new Result(bps, 1, false);
  }

  private static Totals play(String name, BenchSet set, long seed) {
    Policy policy =
        Baselines.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    return Sets.play((Policy.Online) policy, set, seed);
  }
}
