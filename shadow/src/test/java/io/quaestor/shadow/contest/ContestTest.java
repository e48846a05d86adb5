package io.quaestor.shadow.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.contest.baseline.Baselines;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.history.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class ContestTest {

  private static final BenchSet SET =
      Sets.random(
          "any", 300, new double[] {0.4, 0.6, 0.9}, new int[] {10, 40, 300}, Order.SHUFFLED, 3);

  @Test
  void targetsLieOnTheWayFromTheCheapestToTheBest() {
    BenchSet set = Sets.of(new int[][] {Sets.cell(8_000, 9), Sets.cell(4_000, 1)});

    ContestResult result = run(set, plan(1, 30, 50, 70, 90), Baselines.all());

    assertThat(result.targets())
        .extracting(target -> target.target().rate())
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1, Double.class)
        .containsExactly(0.52, 0.6, 0.68, 0.76);
  }

  @Test
  void theFirstTenthIsPlayedButNotCounted() {
    int[][][] rows = new int[25][][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new int[][] {Sets.cell(i < 2 ? 0 : 10_000, i < 2 ? 1_000 : 3)};
    }
    List<Integer> seen = new ArrayList<>();
    Policy.Online policy = policy("only", call -> seen.add(call) ? 0 : -1);

    RunResult run = only(run(Sets.of(rows), plan(1, 50), List.of(policy)));

    assertThat(seen).hasSize(25).startsWith(0, 1);
    assertThat(run.totals().calls()).isEqualTo(23);
    assertThat(run.totals().successRate()).isEqualTo(1);
    assertThat(run.totals().costMicrocents()).isEqualTo(69);
  }

  @Test
  void allPoliciesOfASeedSeeTheSameOrderAndOtherSeedsAnother() {
    Recorder a = new Recorder("a", new ArrayList<>());
    Recorder b = new Recorder("b", new ArrayList<>());

    run(SET, new ContestPlan(2, List.of(50.0), 1), List.of(a, b));

    assertThat(a.order).hasSize(600).isEqualTo(b.order);
    assertThat(a.order.subList(0, 300))
        .isNotEqualTo(a.order.subList(300, 600))
        .containsExactlyInAnyOrderElementsOf(ids());
  }

  @Test
  void theOrderOfTheFileIsKeptWhereTheSetAsksForIt() {
    Recorder recorder = new Recorder("a", new ArrayList<>());
    BenchSet inOrder = BenchSet.of(SET.history(), Order.FILE);

    run(inOrder, new ContestPlan(1, List.of(50.0), 1), List.of(recorder));

    assertThat(recorder.order).isEqualTo(ids());
  }

  private static List<String> ids() {
    return SET.history().cases().stream().map(Case::id).toList();
  }

  @Test
  void aContenderCannotSeeResultsOrTheTrueClass() {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      cases.add(Sets.request(i, List.of(1.0), true, Sets.results(Sets.cell(1, 1))));
    }
    BenchSet set = BenchSet.of(Sets.history("secret", 1, cases), Order.FILE);
    List<Case> seen = Collections.synchronizedList(new ArrayList<>());

    run(set, plan(1, 50), List.of(new Spy(seen)));

    assertThat(seen)
        .hasSize(20 + 20 + 20)
        .allSatisfy(
            request -> {
              assertThat(request.results()).isEmpty();
              assertThat(request.positive()).isNull();
              assertThat(request.features()).containsExactly(1.0);
            });
  }

  /** Keeps every case that it is shown, in any way. */
  private record Spy(List<Case> seen) implements Policy.Online {
    @Override
    public String name() {
      return "spy";
    }

    @Override
    public boolean steers() {
      return true;
    }

    @Override
    public Contender contender(History history, Target target, long seed) {
      seen.addAll(history.cases());
      return new Contender() {
        @Override
        public int choose(Case request, int index) {
          seen.add(request);
          return 0;
        }

        @Override
        public void learn(Case request, int chosen, Result result) {
          seen.add(request);
        }
      };
    }
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    ContestResult one = run(SET, new ContestPlan(3, Target.DEFAULT_PERCENTS, 1), Baselines.all());
    ContestResult four = run(SET, new ContestPlan(3, Target.DEFAULT_PERCENTS, 4), Baselines.all());

    assertThat(one.targets()).isEqualTo(four.targets());
  }

  @Test
  void policiesThatCannotEnterAreLeftOut() {
    ContestResult result = run(SET, plan(1, 50), Baselines.all());

    assertThat(result.targets().getFirst().runs().keySet())
        .containsExactly(
            "cheapest",
            "best",
            "random",
            "fixed_hindsight",
            "epsilon_greedy",
            "ucb1",
            "thompson",
            "mixture_hindsight",
            "oracle");
  }

  @Test
  void yardsticksMeetTheTargetAndNoPolicyIsCheaperThanTheOracleThere() {
    ContestResult result =
        run(SET, new ContestPlan(4, Target.DEFAULT_PERCENTS, 2), Baselines.all());

    for (TargetResult target : result.targets()) {
      for (int seed = 0; seed < 4; seed++) {
        Totals oracle = totals(target, "oracle", seed);
        Totals mixture = totals(target, "mixture_hindsight", seed);
        assertThat(oracle.successRate()).isGreaterThanOrEqualTo(target.target().rate() - 1e-9);
        assertThat(mixture.successRate()).isCloseTo(target.target().rate(), within(1e-9));
        assertThat(oracle.costMicrocents()).isLessThan(mixture.costMicrocents());
      }
    }
  }

  @Test
  void setsOfOneCandidateOrOfEqualCostsAreNoSpecialCase() {
    BenchSet one = Sets.random("one", 40, new double[] {0.5}, new int[] {10}, Order.SHUFFLED, 1);
    BenchSet equal =
        Sets.of(
            new int[][] {Sets.cell(0, 0), Sets.cell(9_000, 0), Sets.cell(5_000, 0)},
            new int[][] {Sets.cell(0, 0), Sets.cell(8_000, 0), Sets.cell(6_000, 0)});

    assertThat(run(one, plan(2, 30, 90), Baselines.all()).targets()).hasSize(2);
    assertThat(run(equal, plan(2, 30, 90), Baselines.all()).targets()).hasSize(2);
  }

  @Test
  void countsMissedPositivesAndFalseAlarms() {
    List<Case> cases = new ArrayList<>();
    boolean[][] positiveAndFlag = {
      {true, true}, {true, false}, {true, true}, {false, true}, {false, false}
    };
    for (boolean[] one : positiveAndFlag) {
      Result result = new Result(one[0] == one[1] ? 10_000 : 0, 1, one[1]);
      cases.add(Sets.request(cases.size(), List.of(), one[0], List.of(result)));
    }
    BenchSet set = BenchSet.of(Sets.history("alarms", 1, cases), Order.FILE);

    Totals totals = only(run(set, plan(1, 50), List.of(policy("only", _ -> 0)))).totals();

    assertThat(totals.positives()).isEqualTo(3);
    assertThat(totals.missedShare()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(totals.precision()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(totals.missRate()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void theCourseCoversTheWholeRun() {
    RunResult run = only(run(SET, plan(1, 50), List.of(policy("only", _ -> 1))));

    assertThat(run.course()).hasSize(Stretch.COUNT);
    assertThat(run.course().stream().mapToInt(Stretch::calls)).allMatch(calls -> calls == 6);
    assertThat(run.course().stream().mapToLong(Stretch::baselineMicrocents).skip(5).sum())
        .isEqualTo(run.totals().baselineMicrocents());
    assertThat(run.course().getFirst().savings()).isBetween(0.8, 0.95);
  }

  @Test
  void progressCountsUpToTheEnd() {
    List<String> heard = new ArrayList<>();

    new Contest(plan(2, 30, 50))
        .run(
            SET,
            List.of(policy("a", _ -> 0), new Spy(new ArrayList<>())),
            (set, done, total) -> heard.add(set + " " + done + "/" + total));

    // One part a seed for what does not steer, one a seed and target for what does.
    assertThat(heard)
        .containsExactly("any 1/6", "any 2/6", "any 3/6", "any 4/6", "any 5/6", "any 6/6");
  }

  @Test
  void aChoiceThatIsNoCandidateIsAnErrorThatNamesThePolicy() {
    assertThatThrownBy(() -> run(SET, plan(1, 50), List.of(policy("astray", _ -> 3))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Policy astray chose candidate 3 of 3 for request 0.");
  }

  @Test
  void aFailureOfAContenderEndsTheContest() {
    Policy failing =
        policy(
            "failing",
            _ -> {
              throw new UnsupportedOperationException("out of order");
            });

    assertThatThrownBy(() -> run(SET, plan(50, 50), List.of(failing)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("out of order");
  }

  @Test
  void twoPoliciesOfOneNameAreRefused() {
    List<Policy> twins = List.of(policy("twin", _ -> 0), policy("twin", _ -> 1));

    assertThatThrownBy(() -> run(SET, plan(1, 50), twins))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twin");
  }

  @Test
  void setsThatCannotBePlayedAreRefused() {
    Result unknown = new Result(Result.UNKNOWN, 0, false);
    Case bad = Sets.request(7, List.of(), null, List.of(unknown));

    assertThatThrownBy(() -> BenchSet.of(Sets.history("gaps", 1, List.of(bad)), Order.FILE))
        .hasMessage(
            "Set gaps does not know the result of model-0 for case case-7; leave such cases out.");
    assertThatThrownBy(() -> BenchSet.of(Sets.history("void", 1, List.of()), Order.FILE))
        .hasMessage("Set void holds no case.");
    assertThatThrownBy(() -> BenchSet.of(Sets.history("short", 2, List.of(bad)), Order.FILE))
        .hasMessage("Set short has 1 results for case case-7, but 2 candidates.");
    assertThatThrownBy(() -> new BenchSet(SET.history(), Order.FILE, 3))
        .hasMessageContaining("no candidate number 3");
  }

  @Test
  void plansHaveBounds() {
    assertThatThrownBy(() -> new ContestPlan(0, List.of(50.0), 1)).hasMessageContaining("seeds");
    assertThatThrownBy(() -> new ContestPlan(1, List.of(), 1)).hasMessageContaining("targets");
    assertThatThrownBy(() -> new ContestPlan(1, List.of(101.0), 1)).hasMessageContaining("target");
    assertThatThrownBy(() -> new ContestPlan(1, List.of(Double.NaN), 1))
        .hasMessageContaining("target");
    assertThatThrownBy(() -> new ContestPlan(1, List.of(5.0), 0)).hasMessageContaining("threads");
  }

  private static ContestPlan plan(int seeds, double... percents) {
    return new ContestPlan(seeds, Arrays.stream(percents).boxed().toList(), 2);
  }

  private static ContestResult run(BenchSet set, ContestPlan plan, List<Policy> policies) {
    return new Contest(plan).run(set, policies, ContestProgress.NONE);
  }

  private static RunResult only(ContestResult result) {
    return result.targets().getFirst().runs().values().iterator().next().getFirst();
  }

  private static Totals totals(TargetResult target, String policy, int seed) {
    return target.runs().getOrDefault(policy, List.of()).get(seed).totals();
  }

  /** Chooses by the number of the call alone. */
  private static Policy.Online policy(String name, IntUnaryOperator choice) {
    return new ByIndex(name, choice);
  }

  private record ByIndex(String name, IntUnaryOperator choice) implements Policy.Online {
    @Override
    public boolean steers() {
      return false;
    }

    @Override
    public Contender contender(History history, Target target, long seed) {
      return new Contender() {
        @Override
        public int choose(Case request, int index) {
          return choice.applyAsInt(index);
        }

        @Override
        public void learn(Case request, int chosen, Result result) {}
      };
    }
  }

  private record Recorder(String name, List<String> order) implements Policy.Online {
    @Override
    public boolean steers() {
      return false;
    }

    @Override
    public Contender contender(History history, Target target, long seed) {
      return new Contender() {
        @Override
        public int choose(Case request, int index) {
          order.add(request.id());
          return 0;
        }

        @Override
        public void learn(Case request, int chosen, Result result) {}
      };
    }
  }
}
