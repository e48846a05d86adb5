package io.quaestor.kernel.learning;

import static io.quaestor.kernel.learning.School.learned;
import static io.quaestor.kernel.learning.School.outcome;
import static io.quaestor.kernel.learning.School.reported;
import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.learning.School.Ask;
import io.quaestor.kernel.tenant.Recalled;
import io.quaestor.kernel.tenant.TenantRefusal;
import io.quaestor.kernel.tenant.Verdict;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What each kind of outcome teaches. */
class OutcomeTest {

  private static final String TEAM = "team-a";

  private final School school = new School(Learning.USUAL);

  private Event.DecisionMade asked(String useCase) {
    return school.route(TEAM, Ask.of(useCase));
  }

  // ---- what is learned from --------------------------------------------------------------------

  @Test
  void learnsFromSuccessesAndFailures() {
    Event.Lesson success = lesson(outcome(asked("chat").id(), true, null, null));
    Event.Lesson failure = lesson(outcome(asked("chat").id(), false, null, null));

    assertThat(success.scoreBps()).isEqualTo(10_000);
    assertThat(failure.scoreBps()).isZero();
    assertThat(Objects.requireNonNull(failure.price()).logMicro())
        .isGreaterThan(Objects.requireNonNull(success.price()).logMicro());
    assertThat(school.useCase(TEAM, "chat").lessons()).isEqualTo(2);
  }

  @Test
  void believesTheScoreWhenBothAreGiven() {
    Event.Lesson lesson = lesson(outcome(asked("chat").id(), true, 2_500, null));

    assertThat(lesson.scoreBps()).isEqualTo(2_500);
  }

  @Test
  void learnsFromTheFirstOutcomeAlone() {
    String id = asked("chat").id();
    lesson(outcome(id, true, null, null));
    UseCaseState before = school.useCase(TEAM, "chat");

    Event.OutcomeReported second =
        reported(school.decide(TEAM, outcome(id, false, null, null), null));

    assertThat(second.lesson()).isNull();
    assertThat(second.success()).as("recorded").isFalse();
    assertThat(school.useCase(TEAM, "chat")).isEqualTo(before);
  }

  @Test
  void waitsForASuccessWhenOnlyTheCostIsKnown() {
    String id = asked("chat").id();

    Event.OutcomeReported cost = reported(school.decide(TEAM, outcome(id, null, null, 5L), null));
    Event.OutcomeReported success =
        reported(school.decide(TEAM, outcome(id, true, null, null), null));

    assertThat(cost.lesson()).isNull();
    assertThat(cost.committed()).isNotNull();
    assertThat(success.lesson()).isNotNull();
    assertThat(success.committed()).isNull();
  }

  @Test
  void takesOutcomesInAnyOrder() {
    String first = asked("chat").id();
    String second = asked("chat").id();
    String third = asked("chat").id();

    assertThat(lesson(outcome(third, true, null, null))).isNotNull();
    assertThat(lesson(outcome(first, true, null, null))).isNotNull();
    assertThat(lesson(outcome(second, true, null, null))).isNotNull();
  }

  @Test
  void learnsWhenTheReservationHasExpired() {
    String id = asked("chat").id();
    school.wait(Duration.ofMinutes(2));

    Event.OutcomeReported late = reported(school.decide(TEAM, outcome(id, true, null, 5L), null));

    assertThat(Objects.requireNonNull(late.committed()).late()).isTrue();
    assertThat(late.lesson()).isNotNull();
  }

  // ---- what only the chain knows ---------------------------------------------------------------

  @Test
  void learnsFromADecisionThatOnlyTheChainRemembers() {
    Event.DecisionMade decision = asked("chat");
    school.forget(TEAM);

    Verdict forgotten = school.decide(TEAM, outcome(decision.id(), true, null, null), null);
    Verdict recalled =
        school.decide(
            TEAM, outcome(decision.id(), true, null, null), new Recalled(decision, null, false));

    assertThat(reported(forgotten).lesson()).isNull();
    assertThat(reported(recalled).lesson()).isNotNull();
  }

  @Test
  void learnsOnceFromADecisionThatOnlyTheChainRemembers() {
    Event.DecisionMade decision = asked("chat");
    school.forget(TEAM);
    Recalled taught = new Recalled(decision, null, true);

    Verdict again = school.decide(TEAM, outcome(decision.id(), true, null, null), taught);

    assertThat(reported(again).lesson()).isNull();
  }

  @Test
  void forgetsTheOldestOfTooManyThatAreAwaited() {
    String oldest = asked("chat").id();
    for (int i = 0; i < TenantLearning.AWAITED_MAX; i++) {
      asked("chat");
    }

    TenantLearning learning = school.state(TEAM).learning();

    assertThat(learning.awaitedCount()).isEqualTo(TenantLearning.AWAITED_MAX);
    assertThat(learning.awaited(oldest)).isNull();
  }

  // ---- what is refused -------------------------------------------------------------------------

  @Test
  void refusesOutcomesOfDecisionsThatWereNeverMade() {
    asked("chat");

    assertThat(school.decide(TEAM, outcome("nobody", true, null, null), null).answer())
        .isEqualTo(new Verdict.Denied(new TenantRefusal.UnknownDecision("nobody")));
  }

  @Test
  void refusesOutcomesOfRejections() {
    Event.DecisionMade rejected = school.route(TEAM, Ask.of("chat").floor(9_999));

    assertThat(
            school
                .decide(
                    TEAM,
                    outcome(rejected.id(), true, null, null),
                    new Recalled(rejected, null, false))
                .answer())
        .isEqualTo(new Verdict.Denied(new TenantRefusal.DecisionWasRejected(rejected.id())));
  }

  @Test
  void doesNotLearnFromTheDecisionsOfOthers() {
    Event.DecisionMade own = asked("chat");
    school.route("team-b", Ask.of("chat"));

    Verdict verdict =
        school.decide(
            "team-b", outcome(own.id(), true, null, null), new Recalled(own, null, false));

    assertThat(verdict.answer())
        .isEqualTo(new Verdict.Denied(new TenantRefusal.UnknownDecision(own.id())));
    assertThat(school.useCase("team-b", "chat").lessons()).isZero();
  }

  @Test
  void refusesFeaturesOfAnotherLength() {
    school.route(TEAM, Ask.of("chat").features(1, 2, 3));

    assertThat(school.refusal(TEAM, Ask.of("chat").features(1, 2)))
        .isEqualTo(new TenantRefusal.WrongDimensions("chat", 3, 2));
    assertThat(school.route(TEAM, Ask.of("other").features(1, 2)).rejected()).isFalse();
  }

  // ---- floors ----------------------------------------------------------------------------------

  @Test
  void beginsWithTheFloorOfThePolicy() {
    Event.DecisionMade known = asked("careful");
    Event.DecisionMade unknown = asked("never-seen");

    assertThat(known.floorSource()).isEqualTo("warm_start");
    assertThat(known.floorBps()).isEqualTo(9_300);
    assertThat(unknown.floorSource()).isEqualTo("policy_default");
    assertThat(learned(unknown).poll()).as("nobody votes before an outcome").isNull();
  }

  @Test
  void learnsAUseCaseThatThePolicyDoesNotNameUnderItsOwnName() {
    lesson(outcome(asked("never-seen").id(), true, null, null));

    assertThat(school.useCase(TEAM, "never-seen").lessons()).isEqualTo(1);
    assertThat(asked("never-seen").floorSource()).isEqualTo("learned");
  }

  @Test
  void letsAFloorOfTheClientWinOverWhatWasLearned() {
    lesson(outcome(asked("chat").id(), true, null, null));

    Event.DecisionMade decision = school.route(TEAM, Ask.of("chat").floor(9_000));

    assertThat(decision.floorBps()).isEqualTo(9_000);
    assertThat(decision.floorSource()).isEqualTo("client");
    assertThat(School.tier(decision)).isEqualTo("premium");
    assertThat(learned(decision).poll()).isNull();
  }

  @Test
  void rejectsAFloorOfTheClientAboveEveryCandidate() {
    lesson(outcome(asked("chat").id(), true, null, null));

    Event.DecisionMade decision = school.route(TEAM, Ask.of("chat").floor(9_301));

    assertThat(decision.rejected()).isTrue();
    assertThat(decision.reason()).isEqualTo("quality_constraint");
    assertThat(decision.floorBps()).isEqualTo(9_301);
  }

  @Test
  void teachesRatesButNoPriceUnderAFloorOfTheClient() {
    lesson(outcome(asked("chat").id(), true, null, null));
    UseCaseState before = school.useCase(TEAM, "chat");

    Event.Lesson lesson =
        lesson(outcome(school.route(TEAM, Ask.of("chat").floor(7_000)).id(), false, null, null));

    UseCaseState after = school.useCase(TEAM, "chat");
    assertThat(lesson.price()).isNull();
    assertThat(after.price()).isEqualTo(before.price());
    assertThat(after.course()).isEqualTo(before.course());
    assertThat(after.lessons()).isEqualTo(before.lessons() + 1);
    assertThat(after.tier("standard").outcomes()).isEqualTo(1);
  }

  // ---- bounds ----------------------------------------------------------------------------------

  @Test
  void recordsOutcomesOfTooManyUseCasesWithoutLearning() {
    for (int i = 0; i < TenantLearning.USE_CASES_MAX; i++) {
      asked("use-case-" + i);
    }

    Event.DecisionMade beyond = asked("one-too-many");
    Event.OutcomeReported outcome =
        reported(school.decide(TEAM, outcome(beyond.id(), true, null, null), null));

    assertThat(outcome.lesson()).isNull();
    assertThat(school.state(TEAM).learning().useCases()).hasSize(TenantLearning.USE_CASES_MAX);
    assertThat(lesson(outcome(asked("use-case-0").id(), true, null, null))).isNotNull();
  }

  @Test
  void learnsNothingUnderAPolicyThatDoesNotLearn() {
    School still = new School(null);
    Event.DecisionMade decision = still.route(TEAM, Ask.of("chat"));

    Event.OutcomeReported outcome =
        reported(still.decide(TEAM, outcome(decision.id(), true, null, null), null));

    assertThat(decision.regime()).isNull();
    assertThat(decision.learned()).isNull();
    assertThat(outcome.lesson()).isNull();
  }

  private Event.Lesson lesson(io.quaestor.kernel.tenant.TenantCommand.ReportOutcome outcome) {
    return Objects.requireNonNull(reported(school.decide(TEAM, outcome, null)).lesson());
  }
}
