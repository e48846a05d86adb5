package io.quaestor.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.chaos.chain.ChainFiles;
import io.quaestor.chaos.client.Answer;
import io.quaestor.chaos.client.Connection;
import io.quaestor.chaos.process.Node;
import io.quaestor.chaos.process.ServerProcess;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Says everything wrong that can be said to a server. Each mistake gets its own clear answer in the
 * one envelope, nothing is written, nothing of the inside shows, and the next good call works.
 */
class BadInputTest {

  private static final int HANG_UP_MILLIS = 8_000;

  @TempDir private static Path directory;

  private static Node node = Node.in(Path.of("."));
  private static ServerProcess server;

  /** A decision whose reservation stays open. */
  private static String held = "";

  /** A decision that was rejected. */
  private static String rejected = "";

  private long sizeBefore;

  @BeforeAll
  static void startAServer() throws IOException {
    node =
        Node.in(directory)
            .with("QUAESTOR_HTTP_BODY_TIMEOUT", "2s")
            .withOptions("--config", quickToHangUp().toString());
    server = node.start();
    try (Connection connection = server.connect()) {
      held =
          connection
              .post("/api/v1/route", "{\"input_tokens\":10}")
              .ok()
              .json()
              .path("decision_id")
              .asText();
      rejected =
          connection
              .post("/api/v1/route", "{\"input_tokens\":10,\"risk_bps\":10000}")
              .ok()
              .json()
              .path("decision_id")
              .asText();
      connection
          .call("POST", "/api/v1/route", "used", "{\"input_tokens\":10}".getBytes(UTF_8))
          .ok();
    }
  }

  private static Path quickToHangUp() throws IOException {
    return java.nio.file.Files.writeString(
        directory.resolve("node.conf"), "pekko.http.server.idle-timeout = 4s\n");
  }

  @AfterAll
  static void stopTheServer() {
    try (ServerProcess last = server) {
      assertThat(last.stop().status()).isZero();
    }
  }

  @BeforeEach
  void noteTheChain() {
    sizeBefore = ChainFiles.size(node.data());
  }

  @AfterEach
  void theChainIsAsBeforeAndTheNextGoodCallWorks() throws IOException {
    assertThat(ChainFiles.size(node.data())).isEqualTo(sizeBefore);
    try (Connection connection = server.connect()) {
      connection.post("/api/v1/route", "{\"input_tokens\":10}").ok();
    }
    assertThat(ChainFiles.size(node.data())).isGreaterThan(sizeBefore);
  }

  private static void isAnError(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.headers().get("content-type")).startsWith("application/json");
    assertThat(answer.json().properties()).hasSize(1);
    assertThat(answer.json().path("error").properties())
        .map(java.util.Map.Entry::getKey)
        .startsWith("message", "type", "param", "code");
    assertThat(answer.code()).as(answer.body()).isEqualTo(code);
    assertThat(answer.message()).isNotBlank();
    showsNothingOfTheInside(answer);
  }

  private static void showsNothingOfTheInside(Answer answer) {
    assertThat(answer.body())
        .doesNotContain("io.quaestor", "org.apache", "pekko", "com.fasterxml", "java.", "scala.")
        .doesNotContain("Exception", "\tat ", "\\tat ", "\\n");
  }

  // ---- bodies ----------------------------------------------------------------------------------

  /** A call that is wrong, and the answer that says so. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Wrong(
      String name, String method, String path, byte[] body, int status, String code, String says) {

    @Override
    public String toString() {
      return name;
    }

    Wrong says(String part) {
      return new Wrong(name, method, path, body, status, code, part);
    }

    Answer on(Connection connection) throws IOException {
      return connection.call(method, path, null, body);
    }
  }

  private static Wrong route(String name, String body, int status, String code) {
    return new Wrong(name, "POST", "/api/v1/route", body.getBytes(UTF_8), status, code, "");
  }

  private static Wrong route(String name, byte[] body, int status, String code) {
    return new Wrong(name, "POST", "/api/v1/route", body, status, code, "");
  }

  private static Wrong member(String member, String code) {
    String name = member.substring(1, member.indexOf('"', 1));
    String shown = member.length() > 60 ? member.substring(0, 60) + "..." : member;
    String rest = name.equals("input_tokens") ? "" : "\"input_tokens\":10,";
    return route(shown, "{%s%s}".formatted(rest, member), 400, code)
        .says(name.substring(0, Math.min(60, name.length())));
  }

  private static Wrong post(String name, String path, String body, int status, String code) {
    return new Wrong(name, "POST", path, body.getBytes(UTF_8), status, code, "");
  }

  private static Wrong put(String name, String path, String body, int status, String code) {
    return new Wrong(name, "PUT", path, body.getBytes(UTF_8), status, code, "");
  }

  static Stream<Wrong> notJson() {
    String good = "{\"input_tokens\":10}";
    return Stream.of(
        route("an empty body", "", 400, "invalid_json"),
        route("a blank body", " \n ", 400, "invalid_json"),
        route("a word", "hello", 400, "invalid_json"),
        route("a number", "42", 400, "invalid_json"),
        route("a text", "\"text\"", 400, "invalid_json"),
        route("null", "null", 400, "invalid_json"),
        route("true", "true", 400, "invalid_json"),
        route("an array", "[]", 400, "invalid_json"),
        route("an array of a request", "[" + good + "]", 400, "invalid_json"),
        route("a brace that is not closed", "{\"input_tokens\":10", 400, "invalid_json"),
        route("a text that is not closed", "{\"input_tokens", 400, "invalid_json"),
        route("single quotes", "{'input_tokens':10}", 400, "invalid_json"),
        route("a name without quotes", "{input_tokens:10}", 400, "invalid_json"),
        route("a comma too many", "{\"input_tokens\":10,}", 400, "invalid_json"),
        route("a comment", "/* hi */ " + good, 400, "invalid_json"),
        route("garbage behind it", good + " x", 400, "invalid_json"),
        route("a second object behind it", good + good, 400, "invalid_json"),
        route("NaN", "{\"input_tokens\":NaN}", 400, "invalid_json"),
        route("Infinity", "{\"input_tokens\":Infinity}", 400, "invalid_json"),
        route("-Infinity", "{\"features\":[-Infinity],\"input_tokens\":1}", 400, "invalid_json"),
        route("a leading zero", "{\"input_tokens\":010}", 400, "invalid_json"),
        route("a plus sign", "{\"input_tokens\":+10}", 400, "invalid_json"),
        route("a hexadecimal number", "{\"input_tokens\":0x10}", 400, "invalid_json"),
        route(
            "a number of 10,000 digits",
            "{\"input_tokens\":%s}".formatted("9".repeat(10_000)),
            400,
            "invalid_json"),
        route("100,000 brackets", "[".repeat(100_000), 400, "invalid_json"),
        route("100,000 braces", "{\"a\":".repeat(100_000), 400, "invalid_json"),
        route(
            "100,000 brackets within metadata",
            "{\"input_tokens\":1,\"metadata\":{\"a\":%s%s}}"
                .formatted("[".repeat(100_000), "]".repeat(100_000)),
            400,
            "invalid_json"),
        route("a line end within a text", "{\"prompt\":\"a\nb\"}", 400, "invalid_json"),
        route("a zero byte", "{\"input_tokens\":10}\0", 400, "invalid_json"),
        route("broken UTF-8", bytes("{\"prompt\":\"", 0xc3, 0x28, "\"}"), 400, "invalid_json"),
        route(
            "an overlong UTF-8 form",
            bytes("{\"prompt\":\"", 0xc0, 0xaf, "\"}"),
            400,
            "invalid_json"),
        route(
            "a byte that is never UTF-8",
            bytes("{\"prompt\":\"", 0xff, 0xfe, "\"}"),
            400,
            "invalid_json"),
        route("Latin-1", "{\"prompt\":\"caf\u00e9\"}".getBytes(ISO_8859_1), 400, "invalid_json"),
        route("UTF-8 cut off", bytes("{\"prompt\":\"a", 0xe2, 0x82, ""), 400, "invalid_json"),
        route("nothing but zeros", new byte[64], 400, "invalid_json"),
        route("a doubled member", "{\"input_tokens\":10,\"input_tokens\":20}", 400, "invalid_json"),
        route(
            "a doubled member of metadata",
            "{\"input_tokens\":1,\"metadata\":{\"tenant_id\":\"a\",\"tenant_id\":\"b\"}}",
            400,
            "invalid_json"));
  }

  private static byte[] bytes(Object... parts) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof Integer one) {
        bytes.write(one);
      } else {
        bytes.writeBytes(part.toString().getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  static Stream<Wrong> wrongMembers() {
    return Stream.of(
        route("no tokens and no prompt", "{}", 400, "missing_member").says("input_tokens"),
        member("\"no_such_member\":1", "unknown_member"),
        member("\"Input_Tokens\":1", "unknown_member"),
        member("\"inputTokens\":1", "unknown_member"),
        member("\"\":1", "unknown_member"),
        member("\"%s\":1".formatted("m".repeat(40_000)), "unknown_member"),
        member("\"input_tokens\":-1", "out_of_range"),
        member("\"input_tokens\":1000000001", "out_of_range"),
        member("\"input_tokens\":9223372036854775807", "out_of_range"),
        member("\"input_tokens\":9223372036854775808", "invalid_value"),
        member("\"input_tokens\":-9223372036854775809", "invalid_value"),
        member("\"input_tokens\":1e999", "invalid_value"),
        member("\"input_tokens\":1e3", "invalid_value"),
        member("\"input_tokens\":1.5", "invalid_value"),
        member("\"input_tokens\":10.0", "invalid_value"),
        member("\"input_tokens\":\"10\"", "invalid_value"),
        member("\"input_tokens\":\"\"", "invalid_value"),
        member("\"input_tokens\":true", "invalid_value"),
        member("\"input_tokens\":[10]", "invalid_value"),
        member("\"input_tokens\":{\"a\":1}", "invalid_value"),
        member("\"output_tokens\":-5", "out_of_range"),
        member("\"max_tokens\":0", "out_of_range"),
        member("\"max_tokens\":-1", "out_of_range"),
        member("\"max_tokens\":99999999999", "out_of_range"),
        member("\"quality_floor_bps\":10001", "out_of_range"),
        member("\"quality_floor_bps\":-1", "out_of_range"),
        member("\"quality_floor_bps\":0.55", "invalid_value"),
        member("\"quality_floor_bps\":99999999999", "invalid_value"),
        member("\"risk_bps\":10001", "out_of_range"),
        member("\"risk_bps\":\"high\"", "invalid_value"),
        member("\"confidence_bps\":-1", "out_of_range"),
        member("\"business_value_microcents\":-1", "out_of_range"),
        member("\"business_value_microcents\":1e30", "invalid_value"),
        member("\"max_latency_ms\":-1", "out_of_range"),
        member("\"difficulty_bps\":10001", "out_of_range"),
        member("\"model\":5", "invalid_value"),
        member("\"model\":{}", "invalid_value"),
        member("\"model\":\"no-such-model\"", "unknown_model"),
        member("\"model\":\"\"", "invalid_value"),
        member("\"model\":\"\\ud800\"", "invalid_value"),
        member("\"model\":\"%s\"".formatted("m".repeat(100_000)), "invalid_value"),
        member("\"catalog\":\"no-such-catalog\"", "unknown_catalog"),
        member("\"catalog\":\"\\udfff\\ud800\"", "invalid_value"),
        member("\"capabilities\":[\"telepathy\"]", "unknown_value"),
        member("\"capabilities\":\"chat\"", "invalid_value"),
        member("\"capabilities\":[null]", "invalid_value"),
        member("\"capabilities\":[\"\"]", "invalid_value"),
        member("\"capabilities\":[1]", "invalid_value"),
        member("\"capabilities\":[[\"chat\"]]", "invalid_value"),
        member("\"capabilities\":[%s\"chat\"]".formatted("\"chat\",".repeat(64)), "out_of_range"),
        member("\"providers\":[\"nobody\"]", "unknown_value"),
        member("\"region\":\"atlantis\"", "unknown_value"),
        member("\"region\":\"\"", "invalid_value"),
        member("\"features\":[]", "out_of_range"),
        member("\"features\":[1e999]", "out_of_range"),
        member("\"features\":[null]", "out_of_range"),
        member("\"features\":[\"1\"]", "invalid_value"),
        member("\"features\":[%s1]".formatted("1,".repeat(64)), "out_of_range"),
        member("\"embedding\":[1,2,3]", "out_of_range"),
        member("\"prompt\":5", "invalid_value"),
        member("\"metadata\":[]", "invalid_value"),
        member("\"metadata\":\"team-a\"", "invalid_value"),
        member("\"metadata\":{\"tenant_id\":5}", "invalid_value"),
        member("\"metadata\":{\"tenant_id\":\"\"}", "invalid_value"),
        member("\"metadata\":{\"tenant_id\":\"a b\"}", "invalid_value"),
        member("\"metadata\":{\"tenant_id\":\"../../etc\"}", "invalid_value"),
        member("\"metadata\":{\"tenant_id\":\"a\\u0000\"}", "invalid_value"),
        member("\"metadata\":{\"tenant_id\":\"a|b\"}", "invalid_value"),
        member("\"metadata\":{\"tenant_id\":\"\\ud800\"}", "invalid_value"),
        member("\"metadata\":{\"tenant_id\":\"%s\"}".formatted("a".repeat(129)), "invalid_value"),
        member("\"metadata\":{\"use_case\":\"%s\"}".formatted("\u00fc"), "invalid_value"),
        member("\"metadata\":{\"use_case\":false}", "invalid_value"));
  }

  static Stream<Wrong> wrongSettlements() {
    String commit = "/api/v1/reservations/%s/commit".formatted(held);
    String release = "/api/v1/reservations/%s/release".formatted(held);
    String outcomes = "/api/v1/outcomes";
    String outcome = "{\"decision_id\":\"" + held + "\",";
    String nobody = "/api/v1/reservations/none/commit";
    String refused = "/api/v1/reservations/%s/commit".formatted(rejected);
    String cost = "{\"actual_cost_microcents\":5}";
    return Stream.of(
        post("a commit of nothing", commit, "{}", 400, "missing_member"),
        post("a commit without a body", commit, "", 400, "invalid_json"),
        post(
            "a commit of a cost and a usage",
            commit,
            "{\"actual_cost_microcents\":5,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}",
            400,
            "missing_member"),
        post("a negative cost", commit, "{\"actual_cost_microcents\":-5}", 400, "out_of_range"),
        post(
            "a cost with a fraction",
            commit,
            "{\"actual_cost_microcents\":0.5}",
            400,
            "invalid_value"),
        post(
            "a cost beyond all numbers",
            commit,
            "{\"actual_cost_microcents\":1e400}",
            400,
            "invalid_value"),
        post("half a usage", commit, "{\"usage\":{\"input_tokens\":1}}", 400, "missing_member"),
        post(
            "a negative usage",
            commit,
            "{\"usage\":{\"input_tokens\":-1,\"output_tokens\":1}}",
            400,
            "out_of_range"),
        post(
                "an unknown member of a usage",
                commit,
                "{\"usage\":{\"input_tokens\":1,\"output_tokens\":1,\"x\":1}}",
                400,
                "unknown_member")
            .says("usage.x"),
        post("a commit of an unknown reservation", nobody, cost, 404, "unknown_reservation"),
        post("a commit of a rejected decision", refused, cost, 409, "decision_rejected"),
        post(
            "a commit of a bad name",
            "/api/v1/reservations/%20/commit",
            cost,
            400,
            "invalid_value"),
        post("a release for a number", release, "{\"reason\":5}", 400, "invalid_value"),
        post(
            "a release for a long reason",
            release,
            "{\"reason\":\"%s\"}".formatted("r".repeat(257)),
            400,
            "out_of_range"),
        post(
            "a release for half a character",
            release,
            "{\"reason\":\"\\ud800\"}",
            400,
            "invalid_value"),
        post("an outcome of nothing", outcomes, "{}", 400, "missing_member"),
        post(
            "an outcome without a statement",
            outcomes,
            "{\"decision_id\":\"%s\"}".formatted(held),
            400,
            "missing_member"),
        post(
            "an outcome without a decision", outcomes, "{\"success\":true}", 400, "missing_member"),
        post(
            "an outcome of an unknown decision",
            outcomes,
            "{\"decision_id\":\"none\",\"success\":true}",
            404,
            "unknown_decision"),
        post(
            "an outcome of a rejected decision",
            outcomes,
            "{\"decision_id\":\"%s\",\"success\":true}".formatted(rejected),
            409,
            "decision_rejected"),
        post(
            "a success that is a text",
            outcomes,
            outcome + "\"success\":\"true\"}",
            400,
            "invalid_value"),
        post(
            "a success that is a number",
            outcomes,
            outcome + "\"success\":1}",
            400,
            "invalid_value"),
        post(
            "a score beyond its bounds",
            outcomes,
            outcome + "\"score_bps\":10001}",
            400,
            "out_of_range"),
        post(
            "a negative latency",
            outcomes,
            outcome + "\"success\":true,\"latency_ms\":-1}",
            400,
            "out_of_range"),
        post(
            "a latency beyond its bounds",
            outcomes,
            outcome + "\"success\":true,\"latency_ms\":9999999999}",
            400,
            "out_of_range"),
        post("a batch of nothing", "/api/v1/route/batch", "{}", 400, "missing_member"),
        post("an empty batch", "/api/v1/route/batch", "{\"requests\":[]}", 400, "out_of_range"),
        post(
            "a batch that is too long",
            "/api/v1/route/batch",
            "{\"requests\":[%s1]}".formatted("1,".repeat(256)),
            400,
            "out_of_range"),
        post(
            "a batch that is a text",
            "/api/v1/route/batch",
            "{\"requests\":\"all\"}",
            400,
            "invalid_value"));
  }

  static Stream<Wrong> wrongAdministration() {
    String tenant = "/api/v1/tenants/default";
    String topUp = tenant + "/top-up";
    String catalogs = "/api/v1/catalogs";
    return Stream.of(
        put(
                "a negative budget",
                tenant,
                "{\"budget\":{\"initial_microcents\":-1}}",
                400,
                "out_of_range")
            .says("budget.initial_microcents"),
        put("a budget that is a number", tenant, "{\"budget\":5}", 400, "invalid_value"),
        put(
            "a budget with a fraction",
            tenant,
            "{\"budget\":{\"initial_microcents\":1.5}}",
            400,
            "invalid_value"),
        put(
            "a budget beyond 64 bits",
            tenant,
            "{\"budget\":{\"initial_microcents\":9223372036854775808}}",
            400,
            "invalid_value"),
        put(
                "an unknown member of a budget",
                tenant,
                "{\"budget\":{\"size\":1}}",
                400,
                "unknown_member")
            .says("budget.size"),
        put(
            "a budget below what is in use",
            tenant,
            "{\"budget\":{\"initial_microcents\":1}}",
            409,
            "budget_below_use"),
        put("an unknown mode", tenant, "{\"mode\":\"party\"}", 400, "unsupported_value"),
        put(
            "an unknown window",
            tenant,
            "{\"budget\":{\"window\":\"year\"}}",
            400,
            "unsupported_value"),
        put("a bad tenant name", "/api/v1/tenants/-a", "{}", 400, "invalid_value"),
        put("a long tenant name", "/api/v1/tenants/" + "a".repeat(129), "{}", 400, "invalid_value"),
        put("a tenant without a name", "/api/v1/tenants/", "{}", 400, "invalid_value"),
        put(
            "a tenant with an encoded line end",
            "/api/v1/tenants/a%0ab",
            "{}",
            400,
            "invalid_value"),
        put("a tenant with an encoded slash", "/api/v1/tenants/a%2Fb", "{}", 400, "invalid_value"),
        post("a top-up of nothing", topUp, "{}", 400, "missing_member"),
        post("a top-up of zero", topUp, "{\"amount_microcents\":0}", 400, "out_of_range"),
        post("a negative top-up", topUp, "{\"amount_microcents\":-7}", 400, "out_of_range"),
        post(
            "a top-up beyond what a budget holds",
            topUp,
            "{\"amount_microcents\":9223372036854775807}",
            400,
            "out_of_range"),
        post(
            "a top-up of an unknown tenant",
            "/api/v1/tenants/nobody/top-up",
            "{\"amount_microcents\":7}",
            404,
            "unknown_tenant"),
        put("a catalog of nothing", catalogs, "{}", 400, "missing_member"),
        put("a catalog without models", catalogs, catalog(""), 400, "invalid_value").says("models"),
        put("a catalog of null", catalogs, catalog("null"), 400, "missing_member"),
        put(
                "two models of one id",
                catalogs,
                catalog(model("a", "1.0") + "," + model("a", "2.0")),
                400,
                "invalid_value")
            .says("models[1].id"),
        put("a model with a bad id", catalogs, catalog(model("a b", "1.0")), 400, "invalid_value"),
        put("a model called auto", catalogs, catalog(model("auto", "1.0")), 400, "invalid_value"),
        put("a price in words", catalogs, catalog(model("a", "cheap")), 400, "invalid_value")
            .says("input_usd_per_million"),
        put("a negative price", catalogs, catalog(model("a", "-1")), 400, "invalid_value"),
        put("a price of 1e999", catalogs, catalog(model("a", "1e999")), 400, "invalid_value"),
        put(
            "a price with nine decimals",
            catalogs,
            catalog(model("a", "0.123456789")),
            400,
            "invalid_value"),
        put(
                "a note of half a character",
                catalogs,
                "{\"name\":\"c\",\"note\":\"\\ud800\",\"tiers\":[\"economy\"],\"models\":[%s]}"
                    .formatted(model("a", "1.0")),
                400,
                "invalid_value")
            .says("note"),
        put(
                "a catalog with two names",
                catalogs + "/other",
                catalog(model("a", "1.0")),
                400,
                "invalid_value")
            .says("name"),
        put("a policy of nothing", "/api/v1/policies", "{}", 400, "missing_member"));
  }

  private static String catalog(String models) {
    return "{\"name\":\"c\",\"tiers\":[\"economy\"],\"models\":[%s]}".formatted(models);
  }

  private static String model(String id, String price) {
    return """
    {"id":"%s","provider":"p","tier":"economy","input_usd_per_million":"%s",\
    "output_usd_per_million":"1","quality_bps":6000,"p95_latency_ms":100}\
    """
        .formatted(id, price);
  }

  static Stream<Wrong> wrongPlaces() {
    return Stream.of(
        new Wrong("a path that is not there", "GET", "/nowhere", new byte[0], 404, "not_found", ""),
        new Wrong("a path of dots", "GET", "/../../etc/passwd", new byte[0], 404, "not_found", ""),
        new Wrong("a slash too many", "GET", "/health/live/", new byte[0], 404, "not_found", ""),
        new Wrong("two slashes", "GET", "//api/v1/budget", new byte[0], 404, "not_found", ""),
        new Wrong("a path in capitals", "GET", "/API/V1/BUDGET", new byte[0], 404, "not_found", ""),
        new Wrong(
            "a GET of route",
            "GET",
            "/api/v1/route",
            new byte[0],
            405,
            "method_not_allowed",
            "POST"),
        new Wrong(
            "a DELETE of route",
            "DELETE",
            "/api/v1/route",
            new byte[0],
            405,
            "method_not_allowed",
            "POST"),
        new Wrong(
            "a POST to health",
            "POST",
            "/health/live",
            new byte[0],
            405,
            "method_not_allowed",
            "GET"),
        new Wrong(
            "a PATCH of a tenant",
            "PATCH",
            "/api/v1/tenants/default",
            new byte[0],
            405,
            "method_not_allowed",
            "GET"),
        new Wrong(
            "OPTIONS of a tenant",
            "OPTIONS",
            "/api/v1/tenants/default",
            new byte[0],
            405,
            "method_not_allowed",
            "GET"),
        new Wrong("OPTIONS of all", "OPTIONS", "*", new byte[0], 404, "not_found", ""),
        new Wrong(
            "an unknown tenant",
            "GET",
            "/api/v1/tenants/nobody",
            new byte[0],
            404,
            "unknown_tenant",
            "nobody"),
        new Wrong(
            "an unknown tenant's budget",
            "GET",
            "/api/v1/budget?tenant_id=nobody",
            new byte[0],
            404,
            "unknown_tenant",
            "nobody"),
        new Wrong(
            "a bad tenant's budget",
            "GET",
            "/api/v1/budget?tenant_id=%00",
            new byte[0],
            400,
            "invalid_value",
            "tenant_id"),
        new Wrong(
            "an unknown decision",
            "GET",
            "/api/v1/decisions/none",
            new byte[0],
            404,
            "unknown_decision",
            "none"),
        new Wrong(
            "a bad decision id",
            "GET",
            "/api/v1/decisions/%F0%9F%92%A9",
            new byte[0],
            400,
            "invalid_value",
            "id"),
        new Wrong(
            "an unknown catalog",
            "GET",
            "/api/v1/catalogs/none",
            new byte[0],
            404,
            "unknown_catalog",
            "none"),
        new Wrong(
            "an unknown policy",
            "GET",
            "/api/v1/policies/none",
            new byte[0],
            404,
            "unknown_policy",
            "none"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "notJson",
    "wrongMembers",
    "wrongSettlements",
    "wrongAdministration",
    "wrongPlaces"
  })
  void saysWhatIsWrong(Wrong wrong) throws IOException {
    try (Connection connection = server.connect()) {
      Answer answer = wrong.on(connection);

      isAnError(answer, wrong.status(), wrong.code());
      assertThat(answer.body()).contains(wrong.says());
      assertThat(answer.body()).hasSizeLessThan(2_000);
      connection.get("/health/ready").ok();
    }
  }

  @Test
  void takesABodyOfTenMegabytesForTooLarge() throws IOException {
    try (Connection connection = server.connect()) {
      byte[] body = new byte[10 * 1024 * 1024];
      java.util.Arrays.fill(body, (byte) ' ');
      Answer answer;
      try {
        answer = connection.call("POST", "/api/v1/route", null, body);
      } catch (IOException e) {
        // The server may close while the body is still on its way.
        return;
      }
      isAnError(answer, 413, "body_too_large");
    }
  }

  @Test
  void takesABodyOfOneByteTooManyForTooLarge() throws IOException {
    try (Connection connection = server.connect()) {
      String body = "{\"input_tokens\":10}";
      String padded = body + " ".repeat(1_048_577 - body.length());

      isAnError(connection.post("/api/v1/route", padded), 413, "body_too_large");
    }
  }

  @Test
  void takesAKeyForAnotherRequestForAMistake() throws IOException {
    try (Connection connection = server.connect()) {
      byte[] body = "{\"input_tokens\":11}".getBytes(UTF_8);

      isAnError(
          connection.call("POST", "/api/v1/route", "used", body), 422, "idempotency_key_reused");
    }
  }

  @Test
  void takesAKeyOfBlanksOrOf256CharactersForAMistake() throws IOException {
    byte[] body = "{\"input_tokens\":11}".getBytes(UTF_8);
    for (String key : List.of(" ", "a b", "k".repeat(256))) {
      try (Connection connection = server.connect()) {
        isAnError(
            connection.call("POST", "/api/v1/route", key, body), 400, "invalid_idempotency_key");
      }
    }
  }

  // ---- below HTTP ------------------------------------------------------------------------------

  static Stream<String> garbage() {
    String body = "\nHost: localhost\nContent-Length: 19\n\n{\"input_tokens\":10}";
    return Stream.of(
        "hello\n\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
        "GET\n\n",
        "GET /health/live\n\n",
        "GET /health/live HTTP/9.9\nHost: localhost\n\n",
        "FROB /health/live HTTP/1.1\nHost: localhost\n\n",
        "A-METHOD-LONGER-THAN-ANY /health/live HTTP/1.1\nHost: localhost\n\n",
        "GET /health/%zz HTTP/1.1\nHost: localhost\n\n",
        "GET /health/%C3%28 HTTP/1.1\nHost: localhost\n\n",
        "GET /health/live?a=%C3%28&%zz HTTP/1.1\nHost: localhost\n\n",
        "GET /" + "a".repeat(10_000) + " HTTP/1.1\nHost: localhost\n\n",
        "GET http://a:b:c/ HTTP/1.1\nHost: localhost\n\n",
        "GET /nowhere HTTP/1.1\n\n",
        "GET /nowhere HTTP/1.1\nHost: a b\n\n",
        "GET /nowhere HTTP/1.1\nHost: a\nHost: b\n\n",
        "GET /nowhere HTTP/1.1\nno colon here\nHost: localhost\n\n",
        "GET /nowhere HTTP/1.1\n: no name\nHost: localhost\n\n",
        "GET /nowhere HTTP/1.1\nHost: localhost\nX-Long: " + "x".repeat(20_000) + "\n\n",
        "GET /nowhere HTTP/1.1\nHost: localhost\n" + "X-Many: x\n".repeat(200) + "\n",
        "GET /nowhere HTTP/1.1\nHost: localhost\n" + "n".repeat(200) + ": x\n\n",
        "POST /api/v1/route HTTP/1.1\nContent-Length: many" + body,
        "POST /api/v1/route HTTP/1.1\nContent-Length: -1" + body,
        "POST /api/v1/route HTTP/1.1\nContent-Length: 99999999999999999999" + body,
        "POST /api/v1/route HTTP/1.1\nContent-Length: 3" + body,
        "POST /api/v1/route HTTP/1.1\nTransfer-Encoding: chunked\nHost: localhost\n\nzz\nx\n0\n\n",
        "POST /api/v1/route HTTP/1.1\nTransfer-Encoding: chunked\nHost: a\n\nFFFFFFFFFFFFFFFF\nx\n",
        "POST /api/v1/route HTTP/1.1\nTransfer-Encoding: gzip" + body,
        "POST /api/v1/route HTTP/1.1\nContent-Type: not a type" + body.replace("10", "-1"),
        "POST /api/v1/route HTTP/1.1\nExpect: the-unexpected" + body.replace("10", "-1"),
        "PRI * HTTP/2.0\n\nSM\n\n");
  }

  @ParameterizedTest(name = "case {index}")
  @MethodSource("garbage")
  void answersGarbageWithAnErrorOrHangsUp(String garbage) throws IOException {
    try (Connection connection = server.connect()) {
      connection.patience(HANG_UP_MILLIS);
      connection.send(garbage);
      connection.endOfSending();
      Answer answer;
      try {
        answer = connection.receive();
      } catch (SocketTimeoutException e) {
        throw new AssertionError("neither an answer nor an end", e);
      } catch (IOException e) {
        return; // It hung up.
      }
      assertThat(answer.status()).as(answer.toString()).isBetween(400, 505);
      assertThat(answer.status()).as(answer.toString()).isNotIn(500, 503);
      isAnError(answer, answer.status(), answer.code());
      assertThat(answer.body()).hasSizeLessThan(2_000);
    }
  }

  @Test
  void answersAnAbsoluteUriWithoutAPath() throws IOException {
    try (Connection connection = server.connect()) {
      connection.send("GET http://localhost HTTP/1.1\nHost: localhost\n\n");

      isAnError(connection.receive(), 404, "not_found");
    }
  }

  @Test
  void takesNoHarmFromClientsThatHangUp() throws IOException {
    byte[] request =
        Connection.request("POST", "/api/v1/route", null, "{\"input_tokens\":10}".getBytes(UTF_8));
    for (int sent = 0; sent < request.length; sent += 7) {
      Connection connection = server.connect();
      connection.send(java.util.Arrays.copyOf(request, sent));
      if (sent % 2 == 0) {
        connection.reset();
      } else {
        connection.close();
      }
    }
    ServerProcess.sleep(Duration.ofMillis(200));
    assertThat(server.output()).doesNotContain("\tat ");
  }

  @Test
  void hangsUpOnClientsThatDawdleOverTheHead() throws IOException {
    List<Connection> slow = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Connection connection = server.connect();
      connection.patience(HANG_UP_MILLIS);
      connection.send("POST /api/v1/route HTTP/1.1\nHost: local");
      slow.add(connection);
    }
    try (Connection good = server.connect()) {
      good.get("/health/ready").ok();
    }
    for (Connection connection : slow) {
      hungUp(connection);
    }
  }

  @Test
  void tellsClientsThatDawdleOverTheBody() throws IOException {
    try (Connection connection = server.connect()) {
      connection.patience(HANG_UP_MILLIS);
      connection.send(
          "POST /api/v1/route HTTP/1.1\nHost: localhost\nContent-Length: 19\n\n{\"input");

      isAnError(connection.receive(), 408, "body_timeout");
    }
  }

  private static void hungUp(Connection connection) throws IOException {
    try (connection) {
      Answer answer = connection.receive();
      isAnError(answer, 408, answer.code());
    } catch (SocketTimeoutException e) {
      throw new AssertionError("still waiting", e);
    } catch (IOException e) {
      // It hung up.
    }
  }
}
