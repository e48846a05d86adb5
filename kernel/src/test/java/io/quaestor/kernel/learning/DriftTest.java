package io.quaestor.kernel.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quaestor.kernel.Seeds;
import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.learning.School.Ask;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {

  private static final int HALF_LIFE = Learning.USUAL.halfLife();
  private static final int THRESHOLD = Learning.USUAL.driftThresholdMilli();

  /** The outcomes after which a change of the rate is noticed, or -1. */
  private static int noticed(TierState from, double rate, int outcomes, Random random) {
    TierState tier = from;
    for (int i = 1; i <= outcomes; i++) {
      tier = tier.after(0, random.nextDouble() < rate ? 10_000 : 0, HALF_LIFE);
      if (tier.drift().beyond(THRESHOLD)) {
        return i;
      }
    }
    return -1;
  }

  private static TierState after(int outcomes, double rate, Random random) {
    TierState tier = TierState.NEW;
    for (int i = 0; i < outcomes; i++) {
      tier = tier.after(0, random.nextDouble() < rate ? 10_000 : 0, HALF_LIFE);
    }
    return tier;
  }

  @Seeds(8)
  void raisesNoAlarmWhileNothingChanges(long seed) {
    for (double rate : new double[] {0.2, 0.7, 0.85, 0.97}) {
      Random random = new Random(seed * 1_000 + (long) (rate * 100));
      assertThat(noticed(TierState.NEW, rate, 20_000, random)).as("rate %s", rate).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.9, 0.3, 50", "0.5, 0.95, 100", "0.9, 0.6, 150", "0.6, 0.9, 150", "0.95, 0.7, 300"})
  void noticesAChangeWithinSoManyOutcomes(double before, double then, int outcomes) {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      TierState tier = after(1_000, before, random);

      assertThat(noticed(tier, then, outcomes, random)).as("seed %d", seed).isPositive();
    }
  }

  @Test
  void recordsAChangeBeforeTheOutcomeThatShowsIt() {
    School school = new School(Learning.USUAL);
    report(school, 200, 10_000);
    double before = school.useCase("team-a", "chat").tier("premium").all().outcomes();

    report(school, 20, 0);

    List<Event.DriftNoticed> changes =
        school.events.stream()
            .filter(Event.DriftNoticed.class::isInstance)
            .map(Event.DriftNoticed.class::cast)
            .toList();
    assertThat(changes).hasSize(1);
    Event.DriftNoticed change = changes.getFirst();
    assertThat(change.direction()).isEqualTo("worse");
    assertThat(change.tier()).isEqualTo("premium");
    assertThat(change.expectedBps()).isGreaterThan(9_000);
    assertThat(school.events.get(school.events.indexOf(change) + 1))
        .isInstanceOfSatisfying(
            Event.OutcomeReported.class,
            outcome -> assertThat(outcome.id()).isEqualTo(change.id()));
    assertThat(school.useCase("team-a", "chat").tier("premium").all().outcomes())
        .as("what came before counts for a quarter")
        .isLessThan(before / 2);
    assertThat(school.useCase("team-a", "chat").tier("premium").outcomes()).isEqualTo(220);
  }

  /** A floor of the client keeps the tier the same, whatever is learned. */
  private static void report(School school, int outcomes, int score) {
    for (int i = 0; i < outcomes; i++) {
      String id = school.route("team-a", Ask.of("chat").floor(9_000)).id();
      school.report("team-a", id, score);
    }
  }

  @Test
  void keepsAShareOfTheCountsAfterAChange() {
    TierState tier = after(1_000, 0.9, new Random(1));

    TierState widened = tier.widened(2_500);

    assertThat(widened.all().outcomes()).isCloseTo(tier.all().outcomes() / 4, within(0.01));
    assertThat(widened.all().rate(0)).isCloseTo(tier.all().rate(0), within(1e-4));
    assertThat(widened.cells().getFirst().outcomes())
        .isCloseTo(tier.cells().getFirst().outcomes() / 4, within(0.01));
    assertThat(widened.outcomes()).isEqualTo(tier.outcomes());
    assertThat(widened.drift()).isEqualTo(Drift.NONE);
  }
}
