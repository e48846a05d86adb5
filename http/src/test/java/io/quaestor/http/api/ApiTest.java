package io.quaestor.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quaestor.http.api.TestServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every call over the wire, against a whole node. */
class ApiTest {

  private static final String ROUTE = "/api/v1/route";

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

  // ---- route -----------------------------------------------------------------------------------

  @Test
  void answersTheFirstRequestOfTheReadme() throws Exception {
    Answer answer =
        server.post(
            ROUTE,
            """
            {"model":"gpt-4o","input_tokens":1200,"metadata":{"tenant_id":"first","use_case":"support"}}
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("action").asText()).isEqualTo("substitute");
    assertThat(answer.body().path("tier").asText()).isEqualTo("economy");
    assertThat(answer.body().path("quality_floor_bps").asInt()).isEqualTo(5_500);
    assertThat(answer.body().path("floor_source").asText()).isEqualTo("warm_start");
    assertThat(answer.body().path("savings_microcents").asLong()).isPositive();
    assertThat(answer.body().path("seal").path("hash").asText()).hasSize(64);
    assertThat(answer.raw().headers().firstValue("x-quaestor-decision-id"))
        .hasValue(answer.body().path("decision_id").asText());
    assertIdentity(answer.body().path("budget"));
  }

  @Test
  void looksUpADecisionAsItWasAnswered() throws Exception {
    JsonNode decision = route("lookup").body();

    Answer found = server.get("/api/v1/decisions/" + id(decision));

    assertThat(found.body()).isEqualTo(decision);
  }

  @Test
  void rejectsWithStatus200AndHoldsNothing() throws Exception {
    Answer answer =
        server.post(
            ROUTE,
            """
            {"input_tokens":10,"quality_floor_bps":10000,"metadata":{"tenant_id":"rejected"}}
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("action").asText()).isEqualTo("reject");
    assertThat(answer.body().path("reason").asText()).isEqualTo("quality_constraint");
    assertThat(answer.body().path("model").isNull()).isTrue();
    assertThat(answer.body().path("reservation").isNull()).isTrue();
    assertThat(answer.body().path("budget").path("reserved_microcents").asLong()).isZero();
  }

  @Test
  void countsThePromptWhenNoTokensAreStated() throws Exception {
    Answer answer =
        server.post(
            ROUTE,
            """
            {"model":"gpt-4o","prompt":"h\u00e9llo","output_tokens":0,"max_tokens":1,
             "metadata":{"tenant_id":"prompt"}}
            """);

    // 6 bytes in UTF-8 at 2.50 USD per million tokens
    assertThat(answer.body().path("baseline_cost_microcents").asLong()).isEqualTo(6 * 250);
  }

  @Test
  void decidesABatchInOrderAndKeepsErrorsApart() throws Exception {
    Answer answer =
        server.post(
            "/api/v1/route/batch",
            """
            {"requests":[
              {"model":"gpt-4o","input_tokens":1,"metadata":{"tenant_id":"batch"}},
              {"model":"nobody","input_tokens":1,"metadata":{"tenant_id":"batch"}},
              {"modle":"gpt-4o"},
              {"model":"auto","input_tokens":2,"metadata":{"tenant_id":"batch"}}]}
            """);

    JsonNode decisions = answer.body().path("decisions");
    assertThat(decisions).hasSize(4);
    assertThat(decisions.get(0).path("requested_model").asText()).isEqualTo("gpt-4o");
    assertThat(decisions.get(1).path("error").path("code").asText()).isEqualTo("unknown_model");
    assertThat(decisions.get(2).path("error").path("param").asText()).isEqualTo("modle");
    assertThat(decisions.get(3).path("requested_model").asText()).isEqualTo("auto");
  }

  // ---- idempotency -----------------------------------------------------------------------------

  @Test
  void answersARepeatedCallWithTheSameBytes() throws Exception {
    String body = "{\"input_tokens\":5,\"metadata\":{\"tenant_id\":\"repeat\"}}";

    Answer first = server.post(ROUTE, body, "key-1");
    Answer second = server.post(ROUTE, body, "key-1");

    assertThat(second.raw().body()).isEqualTo(first.raw().body());
  }

  @Test
  void answersARepeatedRejectionTheSameAfterATopUp() throws Exception {
    server.put("/api/v1/tenants/poor", "{\"budget\":{\"initial_microcents\":1}}");
    String body = "{\"input_tokens\":5000,\"metadata\":{\"tenant_id\":\"poor\"}}";
    Answer first = server.post(ROUTE, body, "key-1");
    server.post("/api/v1/tenants/poor/top-up", "{\"amount_microcents\":100000000}");

    Answer second = server.post(ROUTE, body, "key-1");

    assertThat(first.body().path("action").asText()).isEqualTo("reject");
    assertThat(second.raw().body()).isEqualTo(first.raw().body());
  }

  @Test
  void refusesAKeyThatWasUsedForAnotherRequest() throws Exception {
    server.post(ROUTE, "{\"input_tokens\":5,\"metadata\":{\"tenant_id\":\"reuse\"}}", "key-1");

    Answer other =
        server.post(ROUTE, "{\"input_tokens\":6,\"metadata\":{\"tenant_id\":\"reuse\"}}", "key-1");

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("idempotency_key_reused");
  }

  // ---- settle ----------------------------------------------------------------------------------

  @Test
  void commitsAReservationOnceAndSaysSoTheSecondTime() throws Exception {
    String id = id(route("commit").body());
    String path = "/api/v1/reservations/" + id + "/commit";

    Answer committed = server.post(path, "{\"actual_cost_microcents\":7}");
    Answer again = server.post(path, "{\"actual_cost_microcents\":8}");

    assertThat(committed.body().path("status").asText()).isEqualTo("committed");
    assertThat(committed.body().path("budget").path("committed_microcents").asLong()).isEqualTo(7);
    assertThat(committed.body().path("budget").path("reserved_microcents").asLong()).isZero();
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("already_committed");
    assertThat(again.body().path("error").path("metadata").path("actual_cost_microcents").asLong())
        .isEqualTo(7);
    JsonNode decision = server.get("/api/v1/decisions/" + id).body();
    assertThat(decision.path("reservation").path("status").asText()).isEqualTo("committed");
  }

  @Test
  void releasesAReservationWithoutABody() throws Exception {
    String id = id(route("release").body());

    Answer released = server.post("/api/v1/reservations/" + id + "/release", "");
    Answer again = server.post("/api/v1/reservations/" + id + "/release", "");

    assertThat(released.body().path("status").asText()).isEqualTo("released");
    assertThat(released.body().path("budget").path("reserved_microcents").asLong()).isZero();
    assertThat(again.code()).isEqualTo("already_released");
  }

  @Test
  void recordsACostAboveTheReservationAndBlocksUntilToppedUp() throws Exception {
    server.put("/api/v1/tenants/overrun", "{\"budget\":{\"initial_microcents\":1000000}}");
    String id = id(route("overrun").body());

    Answer overrun =
        server.post(
            "/api/v1/reservations/" + id + "/commit", "{\"actual_cost_microcents\":1000001}");
    Answer blocked = route("overrun");
    server.post("/api/v1/tenants/overrun/top-up", "{\"amount_microcents\":1000000}");
    Answer unblocked = route("overrun");

    assertThat(overrun.body().path("overrun").asBoolean()).isTrue();
    assertThat(overrun.body().path("budget").path("remaining_microcents").asLong()).isEqualTo(-1);
    assertIdentity(overrun.body().path("budget"));
    assertThat(blocked.body().path("action").asText()).isEqualTo("reject");
    assertThat(unblocked.body().path("action").asText()).isNotEqualTo("reject");
  }

  @Test
  void settlesAnOutcomeWithAUsageAtTheModelsPrice() throws Exception {
    JsonNode decision = route("outcome").body();

    Answer outcome =
        server.post(
            "/api/v1/outcomes",
            """
            {"decision_id":"%s","success":true,"usage":{"input_tokens":0,"output_tokens":0},"latency_ms":900}
            """
                .formatted(id(decision)));

    assertThat(outcome.status()).isEqualTo(200);
    assertThat(outcome.body().path("reservation").path("status").asText()).isEqualTo("committed");
    assertThat(outcome.body().path("budget").path("committed_microcents").asLong()).isZero();
    assertThat(outcome.body().path("budget").path("reserved_microcents").asLong()).isZero();
  }

  @Test
  void leavesTheReservationOpenWhenAnOutcomeHasNoCost() throws Exception {
    String id = id(route("open").body());

    Answer outcome =
        server.post("/api/v1/outcomes", "{\"decision_id\":\"" + id + "\",\"score_bps\":9000}");

    assertThat(outcome.body().path("reservation").isNull()).isTrue();
    assertThat(server.get("/api/v1/budget?tenant_id=open").body().path("open_reservations").asInt())
        .isEqualTo(1);
  }

  @Test
  void refusesToSettleARejectedDecision() throws Exception {
    Answer rejected =
        server.post(
            ROUTE,
            "{\"input_tokens\":10,\"quality_floor_bps\":10000,\"metadata\":{\"tenant_id\":\"rs\"}}");

    Answer commit =
        server.post(
            "/api/v1/reservations/" + id(rejected.body()) + "/commit",
            "{\"actual_cost_microcents\":1}");

    assertThat(commit.status()).isEqualTo(409);
    assertThat(commit.code()).isEqualTo("decision_rejected");
  }

  // ---- admin -----------------------------------------------------------------------------------

  @Test
  void definesReadsAndTopsUpATenant() throws Exception {
    Answer put =
        server.put(
            "/api/v1/tenants/admin-1",
            """
            {"budget":{"initial_microcents":500,"window":"none"},"mode":"enforce"}
            """);
    Answer topUp =
        server.post("/api/v1/tenants/admin-1/top-up", "{\"amount_microcents\":100}", "key");
    Answer repeated =
        server.post("/api/v1/tenants/admin-1/top-up", "{\"amount_microcents\":100}", "key");
    Answer got = server.get("/api/v1/tenants/admin-1");

    assertThat(put.body().path("budget").path("initial_microcents").asLong()).isEqualTo(500);
    assertThat(repeated.raw().body()).isEqualTo(topUp.raw().body());
    assertThat(got.body().path("budget").path("initial_microcents").asLong()).isEqualTo(600);
    assertThat(got.body().path("mode").asText()).isEqualTo("enforce");
  }

  @Test
  void refusesABudgetBelowItsUse() throws Exception {
    route("shrink");

    Answer answer = server.put("/api/v1/tenants/shrink", "{\"budget\":{\"initial_microcents\":1}}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("budget_below_use");
  }

  @Test
  void putsTheBuiltInCatalogUnderAnotherNameAndRoutesWithIt() throws Exception {
    String catalog =
        new String(TestServer.resource("/quaestor/catalog.json"), StandardCharsets.UTF_8)
            .replace("\"name\": \"builtin\"", "\"name\": \"mine\"");

    Answer first = server.put("/api/v1/catalogs", catalog);
    Answer same = server.put("/api/v1/catalogs/mine", catalog);
    Answer routed =
        server.post(
            ROUTE,
            "{\"input_tokens\":1,\"catalog\":\"mine\",\"metadata\":{\"tenant_id\":\"cat\"}}");

    assertThat(first.body().path("changed").asBoolean()).isTrue();
    assertThat(same.body().path("changed").asBoolean()).isFalse();
    assertThat(routed.body().path("catalog").path("digest").asText())
        .isEqualTo(first.body().path("digest").asText());
    Answer got = server.get("/api/v1/catalogs/mine");
    assertThat(got.body().path("models")).hasSize(22);
    assertThat(got.body().path("models").get(0).path("input_usd_per_million").asText())
        .isEqualTo("0.15");
    assertThat(server.get("/api/v1/catalogs").body().path("catalogs")).isNotEmpty();
  }

  @Test
  void readsAPolicyInTheFormItIsPut() throws Exception {
    Answer got = server.get("/api/v1/policies/default");

    assertThat(got.body().path("floors_bps").path("coding").asInt()).isEqualTo(7_200);
    assertThat(got.body().path("digest").asText()).hasSize(64);
  }

  // ---- bad input -------------------------------------------------------------------------------

  @ParameterizedTest(name = "{0} -> {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {                                                        | invalid_json     |
          {"input_tokens":1}x                                      | invalid_json     |
          []                                                       | invalid_json     |
          3                                                        | invalid_json     |
          null                                                     | invalid_json     |
          {"input_tokens":NaN}                                     | invalid_json     |
          {"input_tokens":Infinity}                                | invalid_json     |
          {"input_tokens":1,"input_tokens":2}                      | invalid_json     |
          {"input_tokens":"1"}                                     | invalid_value    | input_tokens
          {"input_tokens":1.5}                                     | invalid_value    | input_tokens
          {"input_tokens":true}                                    | invalid_value    | input_tokens
          {"input_tokens":1e999}                                   | invalid_value    | input_tokens
          {"input_tokens":99999999999999999999}                    | invalid_value    | input_tokens
          {"input_tokens":-1}                                      | out_of_range     | input_tokens
          {"input_tokens":1000000001}                              | out_of_range     | input_tokens
          {"input_tokens":1,"max_tokens":0}                        | out_of_range     | max_tokens
          {"input_tokens":1,"risk_bps":10001}                      | out_of_range     | risk_bps
          {"input_tokens":1,"quality_floor_bps":-1}                | out_of_range     | quality_floor_bps
          {"input_tokens":1,"features":[1e999]}                    | out_of_range     | features[0]
          {"input_tokens":1,"embedding":[1]}                       | out_of_range     | embedding
          {"input_tokens":1,"business_value_microcents":-5}        | out_of_range     | business_value_microcents
          {"model":7,"input_tokens":1}                             | invalid_value    | model
          {"model":"auto"}                                         | missing_member   | input_tokens
          {"input_tokens":1,"colour":"red"}                        | unknown_member   | colour
          {"model":"nobody","input_tokens":1}                      | unknown_model    | model
          {"input_tokens":1,"catalog":"nowhere"}                   | unknown_catalog  | catalog
          {"input_tokens":1,"capabilities":["flying"]}             | unknown_value    | capabilities
          {"input_tokens":1,"capabilities":"chat"}                 | invalid_value    | capabilities
          {"input_tokens":1,"providers":["nobody"]}                | unknown_value    | providers
          {"input_tokens":1,"region":"moon"}                       | unknown_value    | region
          {"input_tokens":1,"metadata":{"tenant_id":7}}            | invalid_value    | metadata.tenant_id
          {"input_tokens":1,"metadata":{"tenant_id":"a b"}}        | invalid_value    | metadata.tenant_id
          {"input_tokens":1,"metadata":[]}                         | invalid_value    | metadata
          """)
  void namesWhatIsWrongAndWritesNothing(String body, String code, String param) throws Exception {
    long before = server.recorded();

    Answer answer = server.post(ROUTE, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.body().path("error").path("param").asText(null)).isEqualTo(param);
    assertThat(answer.raw().body()).doesNotContain("Exception", "io.quaestor", "jackson");
    assertThat(server.recorded()).isEqualTo(before);
  }

  @Test
  void refusesWhatNoParserShouldTouch() throws Exception {
    long before = server.recorded();

    List<Answer> answers = new ArrayList<>();
    answers.add(server.post(ROUTE, "[".repeat(100_000)));
    answers.add(server.post(ROUTE, "{\"metadata\":" + "{\"a\":".repeat(1_000)));
    answers.add(server.post(ROUTE, new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"'}));
    answers.add(server.post(ROUTE, "{\"input_tokens\":" + "9".repeat(10_000) + "}"));
    answers.add(server.post(ROUTE, ""));

    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).isEqualTo(400);
              assertThat(answer.code()).isEqualTo("invalid_json");
            });
    assertThat(server.recorded()).isEqualTo(before);
    assertThat(route("after").status()).isEqualTo(200);
  }

  @Test
  void refusesABodyOfTenMegabytes() throws Exception {
    Answer answer = server.post(ROUTE, "{\"prompt\":\"" + "a".repeat(10_000_000) + "\"}");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.code()).isEqualTo("body_too_large");
    assertThat(route("after-large").status()).isEqualTo(200);
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    assertThat(server.get("/api/v2/route").code()).isEqualTo("not_found");
    assertThat(server.get(ROUTE).code()).isEqualTo("method_not_allowed");
    assertThat(server.get(ROUTE).raw().headers().firstValue("Allow")).hasValue("POST");
    assertThat(server.get("/api/v1/tenants/nobody").code()).isEqualTo("unknown_tenant");
    assertThat(server.get("/api/v1/budget?tenant_id=nobody").code()).isEqualTo("unknown_tenant");
    assertThat(server.post("/api/v1/tenants/nobody/top-up", "{\"amount_microcents\":1}").code())
        .isEqualTo("unknown_tenant");
    assertThat(server.get("/api/v1/decisions/nothing").code()).isEqualTo("unknown_decision");
    assertThat(server.post("/api/v1/reservations/nothing/release", "").code())
        .isEqualTo("unknown_reservation");
    assertThat(server.post("/api/v1/outcomes", "{\"decision_id\":\"no\",\"success\":true}").code())
        .isEqualTo("unknown_decision");
    assertThat(server.get("/api/v1/catalogs/none").code()).isEqualTo("unknown_catalog");
    assertThat(server.get("/api/v1/policies/none").code()).isEqualTo("unknown_policy");
  }

  @ParameterizedTest(name = "{0} -> {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          /api/v1/tenants/t       | {"budget":{"initial_microcents":-1}}    | budget.initial_microcents
          /api/v1/tenants/t       | {"budget":{"window":"day"}}             | budget.window
          /api/v1/tenants/t       | {"mode":"shadow"}                       | mode
          /api/v1/tenants/t       | {"parent":"org"}                        | parent
          /api/v1/tenants/t       | {"colour":"red"}                        | colour
          /api/v1/catalogs/c      | {"tiers":["a"],"models":[]}             | models
          /api/v1/catalogs/c      | {"models":[]}                           | tiers
          /api/v1/catalogs        | {"tiers":["a"],"models":[]}             | name
          /api/v1/catalogs/c      | {"name":"d","tiers":[],"models":[]}     | name
          /api/v1/catalogs/c      | {"tiers":["a"],"models":[null]}         | models[0]
          /api/v1/catalogs/c      | {"tiers":["a"],"models":[{"id":"m"}]}   | models[0].provider
          /api/v1/policies/p      | {}                                      | floors_bps
          """)
  void namesWhatIsWrongInASettingAndWritesNothing(String path, String body, String param)
      throws Exception {
    long before = server.recorded();

    Answer answer = server.put(path, body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("error").path("param").asText()).isEqualTo(param);
    assertThat(server.recorded()).isEqualTo(before);
  }

  @Test
  void refusesACatalogWithADoubledModelOrAnAbsurdPrice() throws Exception {
    String model =
        """
        {"id":"m","provider":"p","tier":"a","input_usd_per_million":"%s","output_usd_per_million":"1",
         "quality_bps":1,"p95_latency_ms":1}
        """;
    String catalog = "{\"tiers\":[\"a\"],\"models\":[%s,%s]}";

    Answer doubled =
        server.put(
            "/api/v1/catalogs/c", catalog.formatted(model.formatted("1"), model.formatted("1")));
    Answer absurd =
        server.put(
            "/api/v1/catalogs/c", catalog.formatted(model.formatted("1e9"), model.formatted("1")));

    assertThat(doubled.body().path("error").path("param").asText()).isEqualTo("models[1].id");
    assertThat(absurd.body().path("error").path("param").asText())
        .isEqualTo("models[0].input_usd_per_million");
  }

  @Test
  void refusesAKeyThatIsNotVisibleAscii() throws Exception {
    Answer answer = server.post(ROUTE, "{\"input_tokens\":1}", "k".repeat(256));

    assertThat(answer.code()).isEqualTo("invalid_idempotency_key");
  }

  @Test
  void isLiveAndReady() throws Exception {
    assertThat(server.get("/health/live").body().path("status").asText()).isEqualTo("live");
    assertThat(server.get("/health/ready").body().path("status").asText()).isEqualTo("ready");
  }

  // ---- helpers ---------------------------------------------------------------------------------

  private static Answer route(String tenant) throws Exception {
    return server.post(
        ROUTE, "{\"input_tokens\":1000,\"metadata\":{\"tenant_id\":\"%s\"}}".formatted(tenant));
  }

  private static String id(JsonNode decision) {
    return decision.path("decision_id").asText();
  }

  private static void assertIdentity(JsonNode budget) {
    assertThat(
            budget.path("remaining_microcents").asLong()
                + budget.path("reserved_microcents").asLong()
                + budget.path("committed_microcents").asLong())
        .isEqualTo(budget.path("initial_microcents").asLong());
  }
}
