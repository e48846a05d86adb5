package io.quaestor.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Sizes SIZES = Sizes.load();
  private static final Prompts PROMPTS = Prompts.load();
  private static final Offer OFFER =
      new Offer(
          List.of("cheap", "dear"), List.of("someone"), List.of("eu"), List.of("json", "tools"));
  private static final int CALLS = 20_000;

  @Test
  void shipsTheDataThatItsPageStates() {
    assertThat(SIZES.count()).isEqualTo(28_185);
    assertThat(PROMPTS.count()).isEqualTo(3_480);
  }

  @Test
  void isTheSameForTheSameSeed() {
    Workload one = workload(42);
    Workload other = workload(42);

    for (int i = 0; i < 2_000; i++) {
      Planned call = one.call(i);
      assertThat(other.call(i).body()).isEqualTo(call.body());
      assertThat(other.call(i).key()).isEqualTo(call.key());
      assertThat(other.call(i).path()).isEqualTo(call.path());
    }
  }

  @Test
  void doesNotDependOnWhatWasAskedBefore() {
    byte[] inOrder = new byte[0];
    Workload one = workload(42);
    for (int i = 0; i <= 500; i++) {
      inOrder = one.call(i).body();
    }

    assertThat(workload(42).call(500).body()).isEqualTo(inOrder);
  }

  @Test
  void differsForAnotherSeed() {
    Workload one = workload(1);
    Workload other = workload(2);
    int equal = 0;

    for (int i = 0; i < 1_000; i++) {
      equal += java.util.Arrays.equals(one.call(i).body(), other.call(i).body()) ? 1 : 0;
    }

    assertThat(equal).isLessThan(20); // wrong calls are few different ones
  }

  @Test
  void asksForTheTenantThatTheBodyNames() throws Exception {
    Workload workload = workload(3);

    for (int i = 0; i < 2_000; i++) {
      switch (workload.call(i)) {
        case Planned.Route route ->
            assertThat(tenant(JSON.readTree(route.body()))).isEqualTo(route.ask().tenant());
        case Planned.Batch batch -> {
          List<String> named = new ArrayList<>();
          JSON.readTree(batch.body()).path("requests").forEach(entry -> named.add(tenant(entry)));
          assertThat(batch.asks()).extracting(Planned.Ask::tenant).isEqualTo(named);
        }
        case Planned.Wrong wrong -> assertThat(wrong.error()).matches("4[0-9]{2} [a-z_]+");
      }
    }
  }

  @Test
  void meetsEveryKindOfCallOftenEnough() throws Exception {
    Workload workload = workload(4);
    Map<String, Integer> counts = new HashMap<>();
    Set<String> keys = new HashSet<>();

    for (int i = 0; i < CALLS; i++) {
      Planned call = workload.call(i);
      counts.merge(call.getClass().getSimpleName(), 1, Integer::sum);
      if (call.key() != null) {
        assertThat(keys.add(call.key())).isTrue();
      }
      if (call instanceof Planned.Route route) {
        JsonNode body = JSON.readTree(route.body());
        counts.merge(route.repetition().name(), 1, Integer::sum);
        counts.merge(body.has("prompt") ? "prompt" : "tokens", 1, Integer::sum);
        counts.merge(
            "auto".equals(body.path("model").asText()) ? "auto" : "named", 1, Integer::sum);
        counts.merge(body.has("max_tokens") ? "bounded" : "unbounded", 1, Integer::sum);
      }
    }

    assertThat(counts.get("Batch")).isBetween(400, 800);
    assertThat(counts.get("Wrong")).isBetween(50, 150);
    assertThat(counts.get("AT_ONCE")).isBetween(150, 450);
    assertThat(counts.get("LATER")).isBetween(150, 450);
    assertThat(counts.get("OTHER_BODY")).isBetween(50, 150);
    assertThat(counts.get("prompt")).isBetween(4_000, 6_000);
    assertThat(counts.get("auto")).isBetween(7_000, 9_000);
    assertThat(counts.get("bounded")).isBetween(4_000, 6_000);
    assertThat(keys.size()).isBetween(1_600, 2_400);
  }

  @Test
  void numbersEveryDecisionThatIsAskedForOnce() {
    Workload workload = workload(5);
    Set<Long> numbers = new HashSet<>();

    for (int i = 0; i < 5_000; i++) {
      switch (workload.call(i)) {
        case Planned.Route route -> assertThat(numbers.add(route.ask().number())).isTrue();
        case Planned.Batch batch ->
            batch.asks().forEach(ask -> assertThat(numbers.add(ask.number())).isTrue());
        case Planned.Wrong wrong -> {}
      }
    }
  }

  private static Workload workload(long seed) {
    return new Workload(seed, Fleet.of("t", 40, CALLS, seed), OFFER, SIZES, PROMPTS);
  }

  private static String tenant(JsonNode request) {
    return request.path("metadata").path("tenant_id").asText();
  }
}
