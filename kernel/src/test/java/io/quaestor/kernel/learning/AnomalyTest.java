package io.quaestor.kernel.learning;

import static io.quaestor.kernel.learning.School.learned;
import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.learning.School.Ask;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AnomalyTest {

  private static final String TEAM = "team-a";
  private static final Ask USUAL = Ask.of("chat").difficulty(500);

  private final School school = new School(Learning.USUAL, Map.of("best", 9_300, "above", 9_400));

  /** Requests of 900 to 1,100 tokens, enough to know what is usual. */
  private void habit() {
    for (int i = 0; i < 256; i++) {
      school.route(TEAM, USUAL.tokens(900 + i % 201));
    }
  }

  @Test
  void raisesTheFloorOfARequestThatIsFarFromItsKind() {
    habit();

    Event.DecisionMade decision = school.route(TEAM, USUAL.tokens(200_000));

    Event.Anomaly anomaly = Objects.requireNonNull(learned(decision).anomaly());
    assertThat(anomaly.trait()).isEqualTo("magnitude");
    assertThat(anomaly.zMilli()).isGreaterThan(Learning.USUAL.anomalyDeviationMilli());
    assertThat(decision.floorSource()).isEqualTo("anomaly");
    assertThat(decision.floorBps()).isEqualTo(5_500 + Learning.USUAL.anomalyRaiseBps());
    assertThat(school.useCase(TEAM, "chat").anomalies()).isEqualTo(1);
    assertThat(school.useCase(TEAM, "chat").decisions()).isEqualTo(257);
  }

  @Test
  void namesTheFeatureThatIsFarOff() {
    for (int i = 0; i < 256; i++) {
      school.route(TEAM, USUAL.features(i % 10, i % 7));
    }

    Event.DecisionMade decision = school.route(TEAM, USUAL.features(3, 10_000_000));

    assertThat(Objects.requireNonNull(learned(decision).anomaly()).trait())
        .isEqualTo("features[1]");
  }

  @Test
  void raisesNoFloorAboveEveryCandidate() {
    habit();

    Event.DecisionMade best =
        school.route(TEAM, new Ask("best", 200_000, null, 500, java.util.List.of()));
    Event.DecisionMade above =
        school.route(TEAM, new Ask("above", 200_000, null, 500, java.util.List.of()));

    assertThat(best.floorBps()).isEqualTo(9_300);
    assertThat(best.rejected()).isFalse();
    assertThat(above.floorBps()).as("not lowered either").isEqualTo(9_400);
    assertThat(above.rejected()).isTrue();
  }

  @Test
  void leavesAFloorOfTheClientAsItIs() {
    habit();

    Event.DecisionMade decision = school.route(TEAM, USUAL.tokens(200_000).floor(6_000));

    assertThat(learned(decision).anomaly()).isNotNull();
    assertThat(decision.floorBps()).isEqualTo(6_000);
    assertThat(decision.floorSource()).isEqualTo("client");
  }

  @Test
  void rejectsAFloorOfTheClientAboveEveryCandidateAlsoWhenAnomalous() {
    habit();

    Event.DecisionMade decision = school.route(TEAM, USUAL.tokens(200_000).floor(9_500));

    assertThat(decision.rejected()).isTrue();
    assertThat(decision.floorBps()).isEqualTo(9_500);
  }

  @Test
  void seesNoAnomalyInWhatIsUsualOrInTheFirstRequests() {
    assertThat(learned(school.route(TEAM, USUAL.tokens(1))).anomaly()).isNull();
    assertThat(learned(school.route(TEAM, USUAL.tokens(1_000_000))).anomaly()).isNull();
    habit();
    assertThat(learned(school.route(TEAM, USUAL.tokens(950))).anomaly()).isNull();
  }

  @Test
  void raisesTheFloorOfTheChosenTier() {
    habit();
    school.report(TEAM, school.route(TEAM, USUAL).id(), 10_000);

    Event.DecisionMade decision = school.route(TEAM, USUAL.tokens(200_000));

    assertThat(learned(decision).poll()).isNotNull();
    assertThat(decision.floorSource()).isEqualTo("anomaly");
    assertThat(decision.floorBps()).isIn(7_000, 9_000, 9_300);
  }
}
