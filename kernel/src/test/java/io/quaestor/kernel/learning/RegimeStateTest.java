package io.quaestor.kernel.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.Seeds;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.learning.School.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegimeStateTest {

  /** Events of three tenants, half of them with features, under a half-life of none. */
  private static List<Event.TenantEvent> history(Random random) {
    School school = new School(Settings.usual().halfLife(0).build());
    for (int i = 0; i < 150; i++) {
      String tenant = "team-" + random.nextInt(3);
      Ask ask = Ask.of("chat-" + random.nextInt(2)).tokens(1 + random.nextInt(5_000));
      boolean featured = ask.useCase().equals("chat-1");
      Event.DecisionMade decision =
          school.route(
              tenant, featured ? ask.features(random.nextInt(100), random.nextInt(9)) : ask);
      school.report(tenant, decision.id(), random.nextInt(10_001));
    }
    return school.events;
  }

  private static List<RegimeState> fold(List<Event.TenantEvent> events) {
    List<RegimeState> states = new ArrayList<>(Regimes.EMPTY.states());
    for (Event.TenantEvent event : events) {
      states.replaceAll(state -> state.evolve(event));
    }
    return states;
  }

  @Seeds(5)
  void mergesToThatOfTheUnsplitStream(long seed) {
    Random random = new Random(seed);
    List<Event.TenantEvent> events = history(random);
    List<List<Event.TenantEvent>> parts =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    events.forEach(event -> parts.get(random.nextInt(3)).add(event));

    List<RegimeState> whole = fold(events);
    for (int regime = 0; regime < Regimes.COUNT; regime++) {
      RegimeState a = fold(parts.get(0)).get(regime);
      RegimeState b = fold(parts.get(1)).get(regime);
      RegimeState c = fold(parts.get(2)).get(regime);
      assertThat(a.merge(b).merge(c)).isEqualTo(whole.get(regime));
      assertThat(c.merge(a.merge(b))).isEqualTo(whole.get(regime));
      assertThat(b.merge(c).merge(a)).isEqualTo(whole.get(regime));
    }
    assertThat(whole.stream().mapToLong(RegimeState::decisions).sum()).isEqualTo(150);
  }

  @Test
  void boundsTheSpacesOfFeatures() {
    School school = new School(Settings.usual().build());
    for (int i = 0; i <= RegimeState.SPACES_MAX; i++) {
      school.route("team-" + i / 200, Ask.of("use-case-" + i).features(i, 1));
    }

    assertThat(fold(school.events))
        .allSatisfy(
            state -> assertThat(state.spaces()).hasSizeLessThanOrEqualTo(RegimeState.SPACES_MAX));
    assertThat(fold(school.events).getFirst().spaces()).hasSize(RegimeState.SPACES_MAX);
  }
}
