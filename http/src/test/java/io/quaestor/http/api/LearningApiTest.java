package io.quaestor.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quaestor.http.api.TestServer.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What learning adds to the calls, over the wire. */
class LearningApiTest {

  private static final String OUTCOMES = "/api/v1/outcomes";

  @TempDir static Path directory;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer route(String tenant, String useCase, String members) throws Exception {
    return server.post(
        "/api/v1/route",
        """
        {"input_tokens":1000,%s"metadata":{"tenant_id":"%s","use_case":"%s"}}
        """
            .formatted(members, tenant, useCase));
  }

  private static JsonNode decide(String tenant, String useCase) throws Exception {
    return route(tenant, useCase, "").body();
  }

  private static Answer report(JsonNode decision, String members) throws Exception {
    return server.post(
        OUTCOMES,
        "{\"decision_id\":\"%s\",%s}".formatted(decision.path("decision_id").asText(), members));
  }

  private static JsonNode quality(String tenant) throws Exception {
    return server.get("/api/v1/tenants/" + tenant + "/quality").body();
  }

  // ---- route -----------------------------------------------------------------------------------

  @Test
  void saysWhatWasKnownBeforeThereAreOutcomes() throws Exception {
    Answer answer = route("first", "support", "");

    JsonNode decision = answer.body();
    assertThat(decision.path("floor_source").asText()).isEqualTo("warm_start");
    assertThat(decision.path("regime").asInt(-1)).isEqualTo(2);
    assertThat(answer.raw().headers().firstValue("x-quaestor-regime")).hasValue("2");
    assertThat(decision.path("anomaly").isBoolean()).isTrue();
    assertThat(decision.has("anomaly_detail")).isFalse();
    assertThat(decision.path("price_of_quality_microcents").asLong()).isPositive();
    assertThat(decision.path("learned").has("votes")).isFalse();
  }

  @Test
  void showsTheVotesOnceThereIsAnOutcome() throws Exception {
    report(decide("votes", "support"), "\"success\":true");

    JsonNode decision = decide("votes", "support");

    assertThat(decision.path("floor_source").asText()).isEqualTo("learned");
    JsonNode learned = decision.path("learned");
    assertThat(learned.path("version").asLong()).isEqualTo(1);
    assertThat(Long.parseLong(learned.path("seed").asText())).isNotZero();
    assertThat(learned.path("draw").asInt(-1)).isBetween(0, 31);
    int votes = 0;
    for (JsonNode ballot : learned.path("votes")) {
      votes += ballot.path("votes").asInt();
      assertThat(ballot.path("rate_bps").asInt()).isBetween(1, 9_999);
      assertThat(ballot.path("expense_microcents").asLong()).isPositive();
    }
    assertThat(votes).isEqualTo(32);
    assertThat(server.get("/api/v1/decisions/" + decision.path("decision_id").asText()).body())
        .isEqualTo(decision);
  }

  @Test
  void marksAnUnknownUseCaseAndLearnsItUnderItsName() throws Exception {
    JsonNode decision = decide("unknown", "knitting");
    report(decision, "\"success\":true");

    assertThat(decision.path("floor_source").asText()).isEqualTo("policy_default");
    assertThat(decide("unknown", "knitting").path("floor_source").asText()).isEqualTo("learned");
    assertThat(quality("unknown").path("use_cases").path(0).path("use_case").asText())
        .isEqualTo("knitting");
  }

  @ParameterizedTest
  @CsvSource({
    "chat, 5800",
    "summarization, 6000",
    "extraction, 6200",
    "analysis, 8500",
    "support, 5500",
    "coding, 7200",
    "compliance, 9200",
    "security, 9200"
  })
  void beginsEachUseCaseWithAFloorOfItsOwn(String useCase, int floorBps) throws Exception {
    JsonNode decision = decide("warm", useCase);

    assertThat(decision.path("quality_floor_bps").asInt()).isEqualTo(floorBps);
    assertThat(decision.path("floor_source").asText()).isEqualTo("warm_start");
    assertThat(decision.path("action").asText()).isNotEqualTo("reject");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"features\":[NaN],           | invalid_json",
        "\"features\":[1e300],         | out_of_range",
        "\"features\":[1e999],         | out_of_range",
        "\"features\":[],              | out_of_range",
        "\"features\":[null],          | out_of_range",
        "\"features\":[\"x\"],         | invalid_value",
        "\"difficulty_bps\":10001,     | out_of_range",
        "\"difficulty_bps\":-1,        | out_of_range",
      })
  void refusesDescriptionsThatAreNone(String members, String code) throws Exception {
    long before = server.recorded();

    Answer answer = route("bad-traits", "support", members);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(server.recorded()).isEqualTo(before);
  }

  @Test
  void refusesSixtyFiveFeaturesAndAnotherNumberThanBefore() throws Exception {
    String many = "\"features\":[" + "0,".repeat(64) + "0],";
    assertThat(route("dimensions", "support", many).code()).isEqualTo("out_of_range");
    assertThat(route("dimensions", "support", "\"features\":[1,2,3],").status()).isEqualTo(200);

    Answer changed = route("dimensions", "support", "\"features\":[1,2],");

    assertThat(changed.status()).isEqualTo(400);
    assertThat(changed.code()).isEqualTo("wrong_dimensions");
    assertThat(changed.body().path("error").path("param").asText()).isEqualTo("features");
  }

  // ---- outcomes --------------------------------------------------------------------------------

  @Test
  void saysWhatAnOutcomeTaught() throws Exception {
    JsonNode decision = decide("taught", "chat");

    JsonNode first = report(decision, "\"success\":true,\"score_bps\":2500").body();
    JsonNode again = report(decision, "\"success\":false").body();

    assertThat(first.path("learned").asBoolean()).isTrue();
    assertThat(first.path("learned_score_bps").asInt()).isEqualTo(2_500);
    assertThat(first.path("price_of_quality_microcents").asLong())
        .isGreaterThan(decision.path("price_of_quality_microcents").asLong());
    assertThat(again.path("recorded").asBoolean()).isTrue();
    assertThat(again.path("learned").asBoolean(true)).isFalse();
    assertThat(again.has("price_of_quality_microcents")).isFalse();
  }

  @Test
  void learnsFromTheSuccessThatComesAfterTheCost() throws Exception {
    JsonNode decision = decide("cost-first", "chat");

    JsonNode cost = report(decision, "\"actual_cost_microcents\":1").body();
    JsonNode success = report(decision, "\"success\":true").body();

    assertThat(cost.path("learned").asBoolean(true)).isFalse();
    assertThat(success.path("learned").asBoolean()).isTrue();
  }

  @Test
  void movesNoPriceUnderAFloorOfTheClient() throws Exception {
    JsonNode decision = route("own-floor", "chat", "\"quality_floor_bps\":9000,").body();

    JsonNode outcome = report(decision, "\"success\":false").body();

    assertThat(decision.path("floor_source").asText()).isEqualTo("client");
    assertThat(outcome.path("learned").asBoolean()).isTrue();
    assertThat(outcome.has("price_of_quality_microcents")).isFalse();
    JsonNode useCase = quality("own-floor").path("use_cases").path(0);
    assertThat(useCase.path("price_of_quality").isNull()).isTrue();
    assertThat(useCase.path("outcomes").asLong()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"10001", "-1"})
  void refusesScoresOutOfTheirRange(int score) throws Exception {
    JsonNode decision = decide("scores", "chat");

    Answer answer = report(decision, "\"score_bps\":" + score);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("out_of_range");
  }

  @Test
  void refusesOutcomesOfNoDecisionAndOfRejections() throws Exception {
    Answer unknown = server.post(OUTCOMES, "{\"decision_id\":\"nobody\",\"success\":true}");
    Answer rejected =
        report(
            route("rejections", "chat", "\"quality_floor_bps\":10000,").body(), "\"success\":true");

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.code()).isEqualTo("unknown_decision");
    assertThat(rejected.status()).isEqualTo(409);
    assertThat(rejected.code()).isEqualTo("decision_rejected");
  }

  // ---- quality ---------------------------------------------------------------------------------

  @Test
  void recommendsAFloorFromFiftyOutcomes() throws Exception {
    for (int i = 0; i < 50; i++) {
      JsonNode before = quality("tracked").path("use_cases").path(0).path("recommendation");
      if (i > 0) {
        assertThat(before.path("message").asText())
            .isEqualTo("not enough observations: %d of 50".formatted(i));
      }
      report(decide("tracked", "chat"), "\"success\":true");
    }

    JsonNode useCase = quality("tracked").path("use_cases").path(0);

    assertThat(useCase.path("decisions").asLong()).isEqualTo(50);
    assertThat(useCase.path("outcomes").asLong()).isEqualTo(50);
    assertThat(useCase.path("rate_bps").asInt()).isEqualTo(10_000);
    assertThat(useCase.path("interval_95_bps").path(0).asInt()).isBetween(9_200, 9_350);
    assertThat(useCase.path("interval_95_bps").path(1).asInt()).isEqualTo(10_000);
    assertThat(useCase.path("target_bps").asInt()).isEqualTo(8_000);
    assertThat(useCase.path("recommendation").path("status").asText()).isEqualTo("recommended");
    assertThat(useCase.path("recommendation").path("confidence_bps").asInt()).isPositive();
    assertThat(useCase.path("price_of_quality").path("moves").asInt()).isEqualTo(50);
    assertThat(useCase.path("price_course")).hasSize(50);
    assertThat(useCase.path("price_course").path(49).path("microcents"))
        .isEqualTo(useCase.path("price_of_quality").path("microcents"));
    assertThat(useCase.path("tiers").path(0).path("quality_floor_bps").asInt()).isPositive();
    assertThat(useCase.path("warnings")).isEmpty();
  }

  @Test
  void showsOneUseCaseWhenAsked() throws Exception {
    decide("filtered", "chat");
    decide("filtered", "support");

    JsonNode one = server.get("/api/v1/tenants/filtered/quality?use_case=support").body();
    JsonNode none = server.get("/api/v1/tenants/filtered/quality?use_case=other").body();

    assertThat(quality("filtered").path("use_cases")).hasSize(2);
    assertThat(one.path("use_cases")).hasSize(1);
    assertThat(one.path("use_cases").path(0).path("rate_bps").isNull()).isTrue();
    assertThat(none.path("use_cases")).isEmpty();
  }

  @Test
  void knowsNoQualityOfATenantThatIsNotThere() throws Exception {
    Answer unknown = server.get("/api/v1/tenants/nobody/quality");
    Answer wrong = server.get("/api/v1/tenants/nobody/quality?use_case=-");

    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.code()).isEqualTo("unknown_tenant");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.code()).isEqualTo("invalid_value");
  }
}
