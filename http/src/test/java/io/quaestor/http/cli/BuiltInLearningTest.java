package io.quaestor.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.Ballot;
import io.quaestor.kernel.shadow.ShadowRun;
import io.quaestor.kernel.tenant.TenantCommand;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the catalog and the policy of a new node learn from their first outcomes. */
class BuiltInLearningTest {

  private final ShadowRun run =
      new ShadowRun("team", BuiltIn.catalog(), BuiltIn.policy(), 1_000_000_000_000L);
  private int calls;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "support",
        "coding",
        "compliance",
        "security",
        "chat",
        "summarization",
        "extraction",
        "analysis"
      })
  void aSuccessDoesNotThrowTheFirstFloorAway(String useCase) {
    Event.DecisionMade first = route(useCase, null);
    report(first, true);

    Event.DecisionMade second = route(useCase, null);

    assertThat(first.rejected()).isFalse();
    assertThat(second.rejected()).isFalse();
    assertThat(Objects.requireNonNull(second.learned()).priceMicrocents())
        .as("a success lowers the price by some percents")
        .isGreaterThan(Objects.requireNonNull(first.learned()).priceMicrocents() * 9 / 10)
        .isLessThan(first.learned().priceMicrocents());
  }

  @Test
  void aHighFloorDoesNotBecomeTheCheapestTierAfterASuccess() {
    report(route("security", null), true);

    Event.Poll poll =
        Objects.requireNonNull(Objects.requireNonNull(route("security", null).learned()).poll());
    Ballot most = poll.ballots().stream().max(Comparator.comparingInt(Ballot::votes)).orElseThrow();

    assertThat(most.tier()).isNotEqualTo("economy");
  }

  @Test
  void whatIsServedWithoutLearningIsServedWithIt() {
    for (int i = 0; i < 20; i++) {
      report(route("support", null), i % 4 != 0);
    }
    for (long value : List.of(100_000L, 300_000L, 1_000_000L, 100_000_000L)) {
      assertThat(run.route(call("support", value)).rejected()).as("value %d", value).isFalse();
    }
  }

  private Event.DecisionMade route(String useCase, @Nullable Long value) {
    return run.route(call(useCase, value));
  }

  private TenantCommand.Route call(String useCase, @Nullable Long value) {
    return new TenantCommand.Route(
        "decision-" + calls++,
        null,
        "0".repeat(64),
        "auto",
        useCase,
        400,
        100L,
        200L,
        null,
        0,
        10_000,
        value,
        0,
        List.of(),
        null,
        null,
        null,
        null,
        List.of());
  }

  private void report(Event.DecisionMade decision, boolean success) {
    run.report(
        new TenantCommand.ReportOutcome(null, decision.id(), success, null, null, null, null));
  }
}
