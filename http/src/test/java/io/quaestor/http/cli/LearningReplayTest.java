package io.quaestor.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quaestor.http.api.TestServer;
import io.quaestor.http.server.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code verify --replay} on the chain of a whole node that learns, while many ask it at the same
 * time, and that is stopped and started again in the middle: every draw and every vote comes out as
 * it was recorded.
 */
class LearningReplayTest {

  private static final int ROUNDS = 10;
  private static final int BATCHES = 4;
  private static final int BATCH = 50;
  private static final List<String> TENANTS = List.of("team-a", "team-b", "team-c");
  private static final List<String> USE_CASES = List.of("support", "coding", "chat");

  @TempDir static Path directory;

  private static final SplittableRandom RANDOM = new SplittableRandom(5);
  private static final List<String> LATE = new ArrayList<>();

  @BeforeAll
  static void live() throws Exception {
    try (TestServer server = new TestServer(directory)) {
      TestServer.Answer put = server.put("/api/v1/policies/default", policy());
      assertThat(put.status()).as(put.body().toString()).isEqualTo(200);
      for (String tenant : TENANTS) {
        server.put(
            "/api/v1/tenants/" + tenant, "{\"budget\":{\"initial_microcents\":9000000000000}}");
      }
      rounds(server);
    }
    try (TestServer server = new TestServer(directory)) {
      rounds(server);
    }
  }

  private static String policy() throws Exception {
    String builtIn =
        new String(TestServer.resource("/quaestor/policy.json"), StandardCharsets.UTF_8);
    return builtIn.replace(
        "\"target_bps\": 8000,", "\"target_bps\": 8000, \"anomaly_raise_bps\": 2000,");
  }

  // ---- what is asked and reported --------------------------------------------------------------

  private static void rounds(TestServer server) throws Exception {
    for (int round = 0; round < ROUNDS / 2; round++) {
      List<Callable<JsonNode>> routes = new ArrayList<>();
      for (int i = 0; i < BATCHES; i++) {
        String body = batch();
        routes.add(() -> server.post("/api/v1/route/batch", body).body());
      }
      List<Callable<JsonNode>> outcomes = new ArrayList<>();
      for (JsonNode answer : together(routes)) {
        assertThat(answer.path("decisions").size()).as(answer.toString()).isEqualTo(BATCH);
        answer.path("decisions").forEach(decision -> report(server, decision, outcomes));
      }
      together(outcomes);
    }
  }

  private static String batch() {
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      requests.add(request());
    }
    return "{\"requests\":[" + String.join(",", requests) + "]}";
  }

  private static String request() {
    return """
        {"model":"auto","input_tokens":%d,"risk_bps":%d%s%s,
         "metadata":{"tenant_id":"%s","use_case":"%s"}}
        """
        .formatted(
            1 + RANDOM.nextInt(1 << RANDOM.nextInt(1, 14)),
            RANDOM.nextInt(6_000),
            traits(),
            RANDOM.nextInt(10) == 0 ? ",\"quality_floor_bps\":" + RANDOM.nextInt(8_000) : "",
            TENANTS.get(RANDOM.nextInt(TENANTS.size())),
            USE_CASES.get(RANDOM.nextInt(USE_CASES.size())));
  }

  private static String traits() {
    return switch (RANDOM.nextInt(3)) {
      case 0 -> ",\"difficulty_bps\":" + RANDOM.nextInt(10_001);
      case 1 ->
          String.format(
              Locale.ROOT,
              ",\"features\":[%.3f,%.3f,%.3f]",
              4 * RANDOM.nextInt(4) + RANDOM.nextDouble(),
              RANDOM.nextInt(40) == 0 ? 99.0 : RANDOM.nextDouble(),
              -RANDOM.nextDouble());
      default -> "";
    };
  }

  /** Most outcomes come at once, some later, some twice, some never. */
  private static void report(
      TestServer server, JsonNode decision, List<Callable<JsonNode>> outcomes) {
    String id = decision.path("decision_id").asText();
    if (decision.path("action").asText().equals("reject")) {
      return;
    }
    int fate = RANDOM.nextInt(20);
    if (fate < 3) {
      LATE.add(id);
    } else if (fate > 3) {
      outcomes.add(outcome(server, id));
    }
    if (fate == 19) {
      outcomes.add(outcome(server, id));
    }
    if (LATE.size() > 100) {
      outcomes.add(outcome(server, LATE.removeFirst()));
    }
  }

  private static Callable<JsonNode> outcome(TestServer server, String id) {
    String body =
        "{\"decision_id\":\"%s\",%s%s}"
            .formatted(
                id,
                RANDOM.nextInt(4) == 0
                    ? "\"score_bps\":" + RANDOM.nextInt(10_001)
                    : "\"success\":" + (RANDOM.nextInt(10) < 7),
                RANDOM.nextBoolean() ? ",\"usage\":{\"input_tokens\":9,\"output_tokens\":8}" : "");
    return () -> {
      TestServer.Answer answer = server.post("/api/v1/outcomes", body);
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
      return answer.body();
    };
  }

  private static List<JsonNode> together(List<Callable<JsonNode>> calls) throws Exception {
    List<JsonNode> answers = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
      for (Future<JsonNode> answer : clients.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  // ---- the replay ------------------------------------------------------------------------------

  private final StringWriter out = new StringWriter();

  private int verify(Path chain) {
    return new CommandLine(new VerifyCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(new StringWriter()))
        .execute("--replay", chain.toString());
  }

  @Test
  void everyChoiceIsDrawnAgain() throws Exception {
    assertThat(verify(directory)).as(out.toString()).isEqualTo(ExitStatus.OK);

    assertThat(out.toString())
        .contains(
            "Replayed %,d decisions and 3 budgets: all as recorded."
                .formatted(ROUNDS * BATCHES * BATCH));
    List<JsonNode> events = events();
    assertThat(events)
        .as("learned on what all had reported")
        .anyMatch(event -> event.at("/learned/position").asLong() > 0)
        .anyMatch(event -> event.at("/learned/poll/ballots").size() > 1)
        .anyMatch(event -> event.has("lesson"))
        .anyMatch(event -> event.has("score_bps") && !event.has("lesson"))
        .anyMatch(event -> event.path("floor_source").asText().equals("learned"))
        .anyMatch(event -> event.path("floor_source").asText().equals("client"));
    assertThat(events.stream().map(event -> event.path("regime").asInt(-1)).distinct())
        .as("all regimes are in use, or none")
        .contains(0, 1, 2, 3, 4, 5, 6, 7);
  }

  private static List<JsonNode> events() throws Exception {
    List<JsonNode> events = new ArrayList<>();
    for (String json : RewrittenChain.json(directory)) {
      events.add(Json.MAPPER.readTree(json).path("event"));
    }
    return events;
  }
}
