package io.quaestor.kernel.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.learning.School.Ask;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PoisoningTest {

  private static final int OWN = 500;
  private static final int LIES = 20_000;

  /** What a tenant with outcomes of its own expects of each tier. */
  private static List<Event.Ballot> expected(School school) {
    school.report("honest", school.route("honest", Ask.of("chat")).id(), 10_000);
    for (int i = 0; i < OWN; i++) {
      String id = school.route("honest", Ask.of("chat").floor(7_000)).id();
      school.report("honest", id, i % 10 == 0 ? 0 : 10_000);
    }
    Event.DecisionMade decision = school.route("honest", Ask.of("chat"));
    return Objects.requireNonNull(School.learned(decision).poll()).ballots();
  }

  private static int rate(List<Event.Ballot> ballots, String tier) {
    return ballots.stream()
        .filter(ballot -> ballot.tier().equals(tier))
        .mapToInt(Event.Ballot::rateBps)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTenantIsHardlyMovedByTheLiesOfAnother() {
    School quiet = new School(Learning.USUAL);
    School poisoned = new School(Learning.USUAL);
    for (int i = 0; i < LIES; i++) {
      String id = poisoned.route("liar", Ask.of("chat").floor(7_000)).id();
      poisoned.report("liar", id, 0);
    }
    assertThat(poisoned.published().everywhere(School.CATALOG, "chat", "standard").outcomes())
        .as("the lies are there")
        .isGreaterThan(1_000);

    int without = rate(expected(quiet), "standard");
    int with = rate(expected(poisoned), "standard");

    double c = Learning.USUAL.pooledCap();
    double p = Learning.USUAL.priorStrength();
    double r = Learning.USUAL.regimeStrength();
    double bound = 2 * (c / (p + OWN + c) + c / (10 + OWN + c)) * r / (r + OWN);
    assertThat(Math.abs(without - with)).isLessThanOrEqualTo((int) Math.ceil(bound * 10_000) + 1);
    assertThat(bound).isLessThan(0.02);
  }

  @Test
  void whatOneTenantReportsMovesNoPriceOfAnother() {
    School school = new School(Learning.USUAL);
    school.report("honest", school.route("honest", Ask.of("chat")).id(), 10_000);
    UseCaseState before = school.useCase("honest", "chat");

    for (int i = 0; i < 500; i++) {
      school.report("liar", school.route("liar", Ask.of("chat")).id(), 0);
    }

    assertThat(school.useCase("honest", "chat")).isEqualTo(before);
  }
}
