package io.quaestor.shadow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.shadow.ShadowRun;
import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.Progress;
import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.history.Result;
import io.quaestor.shadow.profile.Profile;
import io.quaestor.shadow.profile.Profiles;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShadowReplayTest {

  private static final Profile PROFILE = Profiles.load("routellm-mmlu");
  private static final Profile WITH_POSITIVES = Profiles.load("kdd");

  @Test
  void totalsAreThoseOfANaiveFold() {
    History history = SyntheticHistories.of(WITH_POSITIVES, 1_000, 1);
    ShadowReplay replay =
        new ShadowReplay(
            WITH_POSITIVES, history, SyntheticHistories.plan(WITH_POSITIVES, 300, null));
    ShadowRun run = replay.begin();
    long score = 0;
    long cost = 0;
    long baseline = 0;
    long positives = 0;
    long missed = 0;
    long flagged = 0;
    long forest = 0;
    for (int i = 0; i < 1_000; i++) {
      Case one = history.cases().get(i);
      Event.DecisionMade decision = run.route(Calls.route(one, i));
      String model = Objects.requireNonNull(decision.selected()).model();
      Result result = one.results().get(history.candidates().indexOf(model));
      run.report(Calls.outcome(decision.id(), result));
      score += result.scoreBps();
      cost += result.costMicrocents();
      baseline += one.results().get(2).costMicrocents();
      positives += Boolean.TRUE.equals(one.positive()) ? 1 : 0;
      missed += Boolean.TRUE.equals(one.positive()) && !result.flagged() ? 1 : 0;
      flagged += result.flagged() ? 1 : 0;
      forest += model.equals("forest") ? 1 : 0;
    }

    ReplayResult result = replay.run(Progress.NONE);

    Figures total = result.total();
    assertThat(total.calls()).isEqualTo(1_000);
    assertThat(total.scoreBps()).isEqualTo(score);
    assertThat(total.costMicrocents()).isEqualTo(cost);
    assertThat(total.baselineMicrocents()).isEqualTo(baseline);
    assertThat(total.flags()).isEqualTo(new Figures.Flags(positives, missed, flagged));
    assertThat(total.missRate()).isEqualTo((double) missed / positives);
    assertThat(total.precision()).isEqualTo((double) (positives - missed) / flagged);
    assertThat(total.tiers()).containsEntry("forest", forest);
    assertThat(result.budget().committedMicrocents()).isEqualTo(cost);
    assertThat(result.budget().reservedMicrocents()).isZero();
  }

  @Test
  void periodsSumUpToTheTotal() {
    ReplayResult result = replay(1_000, 300, null);

    assertThat(result.periods()).extracting(Figures::calls).containsExactly(300L, 300L, 300L, 100L);
    assertThat(result.periods())
        .extracting(Figures::firstCall)
        .containsExactly(0L, 300L, 600L, 900L);
    for (ToLongFunction<Figures> sum :
        List.<ToLongFunction<Figures>>of(
            Figures::calls,
            Figures::scoreBps,
            Figures::costMicrocents,
            Figures::baselineMicrocents,
            figures -> figures.escalations().calls(),
            figures -> figures.escalations().paid(),
            figures -> figures.learned().explored(),
            figures -> figures.tiers().values().stream().mapToLong(Long::longValue).sum(),
            figures -> figures.floorSources().getOrDefault("learned", 0L))) {
      assertThat(result.periods().stream().mapToLong(sum).sum())
          .isEqualTo(sum.applyAsLong(result.total()));
    }
    assertThat(result.total().learned().explored()).isPositive();
    assertThat(result.periods().getLast().priceMicrocents())
        .isEqualTo(result.total().priceMicrocents())
        .containsOnlyKeys("analysis", "chat");
  }

  @Test
  void withoutAPositiveClassPrecisionIsTheShareOfEscalationsThatPaid() {
    ReplayResult result = replay(600, null, null);

    Figures total = result.total();
    assertThat(result.periods()).hasSize(10);
    assertThat(total.flags()).isNull();
    assertThat(total.missRate()).isEqualTo(1 - total.successRate());
    assertThat(total.escalations().calls())
        .isEqualTo(total.tiers().get("gpt-4-1106-preview"))
        .isPositive();
    assertThat(total.escalations().paid()).isBetween(1L, total.escalations().calls() - 1);
    assertThat(total.precision())
        .isEqualTo((double) total.escalations().paid() / total.escalations().calls());
  }

  @Test
  void callsBeyondTheBudgetAreRejectedAndHaveNoOutcome() {
    ReplayResult unbound = replay(600, null, null);
    long budget = unbound.total().costMicrocents() / 2;

    ReplayResult bound = replay(600, null, budget);

    Figures total = bound.total();
    assertThat(unbound.total().rejected()).isZero();
    assertThat(total.rejected()).isPositive();
    assertThat(total.served() + total.rejected()).isEqualTo(600);
    assertThat(total.rejections()).containsEntry("budget_constraint", total.rejected());
    assertThat(bound.budget().initialMicrocents()).isEqualTo(budget);
    assertThat(bound.budget().committedMicrocents()).isEqualTo(total.costMicrocents());
    assertThat(bound.budget().remainingMicrocents()).isEqualTo(budget - total.costMicrocents());
    assertThat(bound.yardsticks()).isNull();
    assertThat(unbound.yardsticks()).isNotNull();
  }

  @Test
  void nobodyIsCheaperThanTheOracle() {
    ReplayResult result = replay(600, null, null);

    Yardsticks yardsticks = Objects.requireNonNull(result.yardsticks());
    assertThat(yardsticks.oracle().calls()).isEqualTo(600);
    assertThat(yardsticks.oracle().successRate())
        .isGreaterThanOrEqualTo(result.total().successRate() - 1e-9);
    assertThat(yardsticks.oracle().costMicrocents())
        .isLessThanOrEqualTo(result.total().costMicrocents())
        .isLessThanOrEqualTo(yardsticks.mixture().costMicrocents());
  }

  @Test
  void aLedgerThatDoesNotFitTheFiguresIsAnError() {
    History history = SyntheticHistories.of(PROFILE, 10, 1);
    ShadowReplay replay =
        new ShadowReplay(PROFILE, history, SyntheticHistories.plan(PROFILE, null, null));
    ShadowRun run = replay.begin();
    Replayer replayer = new Replayer(run, replay.terms(), history.candidates());
    for (int i = 0; i < 10; i++) {
      replayer.step(history.cases().get(i), i);
    }
    Figures fits = replayer.total();

    run.route(Calls.route(history.cases().getFirst(), 10));

    assertThatThrownBy(() -> ShadowReplay.checked(run.state(), fits))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 open reservations");
  }

  @Test
  void anOrderIsThatOfItsSeedAndIsCutBehindTheLimit() {
    History history = SyntheticHistories.of(PROFILE, 100, 1);

    assertThat(ids(history, Order.FILE, 1)).startsWith("case-0", "case-1").hasSize(30);
    assertThat(ids(history, Order.SHUFFLED, 1))
        .hasSize(30)
        .doesNotHaveDuplicates()
        .isEqualTo(ids(history, Order.SHUFFLED, 1))
        .isNotEqualTo(ids(history, Order.SHUFFLED, 2))
        .isNotEqualTo(ids(history, Order.FILE, 1));
  }

  @Test
  void periodsTooManyToReportAreRefused() {
    History history = SyntheticHistories.of(PROFILE, 10_001, 1);

    assertThatThrownBy(
            () -> new ShadowReplay(PROFILE, history, SyntheticHistories.plan(PROFILE, 1, null)))
        .isInstanceOf(BadInput.class)
        .hasMessage(
            "--period 1 makes 10,001 periods of 10,001 calls; at most 10,000 are reported."
                + " Raise it.");
  }

  private static List<String> ids(History history, Order order, long seed) {
    ReplayPlan plan = new ReplayPlan(Aim.asItIs(PROFILE.policy()), null, 30, order, seed, null);
    return new ShadowReplay(PROFILE, history, plan).cases().stream().map(Case::id).toList();
  }

  private static ReplayResult replay(int calls, @Nullable Integer period, @Nullable Long budget) {
    return new ShadowReplay(
            PROFILE,
            SyntheticHistories.of(PROFILE, calls, 1),
            SyntheticHistories.plan(PROFILE, period, budget))
        .run(Progress.NONE);
  }
}
