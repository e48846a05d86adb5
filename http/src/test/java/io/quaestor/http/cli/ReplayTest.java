package io.quaestor.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quaestor.http.api.TestServer;
import io.quaestor.http.server.Json;
import io.quaestor.persistence.chain.Segments;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code verify --replay} on the chain of a whole node, as it is and rewritten. */
class ReplayTest {

  private static final int DECISIONS = 24;

  @TempDir static Path shared;
  private static String besideTheNode = "";

  @TempDir Path root;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path directory = Path.of("");

  // ---- a node and what it is asked -------------------------------------------------------------

  @BeforeAll
  static void live() throws Exception {
    try (TestServer server = new TestServer(shared.resolve("data"))) {
      askFor(server, "team-a", "gpt-4o");
      assertChanged(server.put("/api/v1/policies/default", anotherPolicy()));
      assertChanged(server.put("/api/v1/catalogs/builtin", anotherCatalog()));
      askFor(server, "team-b", "auto");
      server.put("/api/v1/tenants/poor", "{\"budget\":{\"initial_microcents\":1}}");
      askFor(server, "poor", "gpt-4o");
      StringWriter out = new StringWriter();
      run(shared.resolve("data"), out, new StringWriter(), "--replay");
      besideTheNode = out.toString();
    }
  }

  /** Eight decisions, some repeated, and all that can become of them. */
  private static void askFor(TestServer server, String tenant, String model) throws Exception {
    for (int i = 0; i < 8; i++) {
      String body =
          """
          {"model":"%s","input_tokens":%d,"metadata":{"tenant_id":"%s","use_case":"%s"}}
          """
              .formatted(model, 100 + i, tenant, i % 2 == 0 ? "support" : "chat");
      JsonNode decision = server.post("/api/v1/route", body, "key-" + tenant + i).body();
      assertThat(server.post("/api/v1/route", body, "key-" + tenant + i).body())
          .isEqualTo(decision);
      settle(server, decision.path("decision_id").asText(), i);
    }
    server.post("/api/v1/tenants/" + tenant + "/top-up", "{\"amount_microcents\":5}");
  }

  private static void settle(TestServer server, String id, int how) throws Exception {
    String reservation = "/api/v1/reservations/" + id;
    switch (how) {
      case 0 -> server.post(reservation + "/commit", "{\"actual_cost_microcents\":99999999}");
      case 1 -> server.post(reservation + "/release", "");
      case 2 -> server.post("/api/v1/outcomes", outcome(id, ",\"actual_cost_microcents\":7"));
      case 3 ->
          server.post(
              "/api/v1/outcomes",
              outcome(id, ",\"usage\":{\"input_tokens\":9,\"output_tokens\":8}"));
      case 4 -> server.post("/api/v1/outcomes", outcome(id, ""));
      default -> {}
    }
  }

  private static String outcome(String id, String more) {
    return "{\"decision_id\":\"%s\",\"success\":true%s}".formatted(id, more);
  }

  private static void assertChanged(TestServer.Answer answer) {
    assertThat(answer.body().path("version").asInt()).as(answer.body().toString()).isEqualTo(2);
  }

  private static String anotherPolicy() throws Exception {
    return text("/quaestor/policy.json").replace("\"support\": 5500", "\"support\": 7000");
  }

  private static String anotherCatalog() throws Exception {
    return text("/quaestor/catalog.json").replace("\"quality_bps\": 7", "\"quality_bps\": 6");
  }

  private static String text(String resource) throws Exception {
    return new String(TestServer.resource(resource), StandardCharsets.UTF_8);
  }

  // ---- the command -----------------------------------------------------------------------------

  @BeforeEach
  void copy() throws IOException {
    directory = Files.createDirectory(root.resolve("data"));
    try (Stream<Path> files = Files.list(shared.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, directory.resolve(file.getFileName()));
      }
    }
  }

  private int verify(String... options) {
    out.getBuffer().setLength(0);
    return run(directory, out, err, options);
  }

  private static int run(Path directory, StringWriter out, StringWriter err, String... options) {
    String[] args = Arrays.copyOf(options, options.length + 1);
    args[options.length] = directory.toString();
    return new CommandLine(new VerifyCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  /** Rewrites the first record that has {@code what} in it. */
  private long rewrite(String what, String by) throws Exception {
    Pattern pattern = Pattern.compile(what);
    List<String> before = RewrittenChain.json(directory);
    String first =
        before.stream().filter(json -> pattern.matcher(json).find()).findFirst().orElseThrow();
    RewrittenChain.rewrite(
        directory, json -> json.equals(first) ? pattern.matcher(json).replaceFirst(by) : json);
    return before.indexOf(first) + 1L;
  }

  @Test
  void anHonestChainIsAsRecorded() {
    assertThat(verify("--replay")).isEqualTo(ExitStatus.OK);

    assertThat(out.toString())
        .startsWith("Sound.")
        .contains("Replayed %d decisions and 3 budgets: all as recorded.".formatted(DECISIONS))
        .contains(" records/s");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aRunningNodeIsReplayedToo() {
    assertThat(besideTheNode)
        .contains("Replayed %d decisions and 3 budgets: all as recorded.".formatted(DECISIONS));
  }

  @Test
  void withoutTheOptionNothingIsReplayed() {
    assertThat(verify()).isEqualTo(ExitStatus.OK);

    assertThat(out.toString()).doesNotContain("eplayed");
  }

  @Test
  void aRewrittenChainIsSoundAndYetNotWhatTheKernelComesTo() throws Exception {
    long seq = rewrite("(\"selected\":\\{\"model\":)\"[^\"]+\"", "$1\"gpt-4o\"");

    assertThat(verify()).isEqualTo(ExitStatus.OK);
    assertThat(out.toString()).startsWith("Sound.");

    assertThat(verify("--replay")).isEqualTo(ExitStatus.CHAIN_BROKEN);
    assertThat(out.toString())
        .contains(": one record is not what the kernel comes to.")
        .containsPattern(
            "record %d \\(decision [-0-9a-f]+\\): recorded selected.model gpt-4o, the kernel comes to "
                .formatted(seq));
  }

  @Test
  void theReportIsAlsoJson() throws Exception {
    assertThat(verify("--replay", "--json")).isEqualTo(ExitStatus.OK);
    JsonNode sound = Json.MAPPER.readTree(out.toString());
    assertThat(sound.path("replay").path("status").asText()).isEqualTo("as_recorded");
    assertThat(sound.path("replay").path("decisions").asInt()).isEqualTo(DECISIONS);

    long seq = rewrite("\"baseline_cost_microcents\":", "\"baseline_cost_microcents\":1");
    assertThat(verify("--replay", "--json")).isEqualTo(ExitStatus.CHAIN_BROKEN);
    JsonNode forged = Json.MAPPER.readTree(out.toString());
    assertThat(forged.path("status").asText()).isEqualTo("sound");
    assertThat(forged.path("replay").path("status").asText()).isEqualTo("differs");
    assertThat(forged.path("replay").path("mismatches").asInt()).isEqualTo(1);
    JsonNode first = forged.path("replay").path("first_mismatches").get(0);
    assertThat(first.path("seq").asLong()).isEqualTo(seq);
    assertThat(first.path("entity").asText()).startsWith("tenant|");
    assertThat(first.path("recorded").asText()).startsWith("baseline_cost_microcents 1");
  }

  @Test
  void theFirstTenAreNamedAndTheRestCounted() throws Exception {
    RewrittenChain.rewrite(
        directory,
        json -> json.replace("\"reason\":\"alternative_maximizes_utility\"", "\"reason\":\"x\""));

    assertThat(verify("--replay")).isEqualTo(ExitStatus.CHAIN_BROKEN);

    assertThat(out.toString().lines().filter(line -> line.startsWith("record "))).hasSize(10);
    assertThat(out.toString()).containsPattern("and \\d+ more");
  }

  @Test
  void aBudgetThatDoesNotAddUpIsNamed() throws Exception {
    long seq = rewrite("(\"type\":\"ToppedUp\".*\"initial_microcents\":)", "$11");

    assertThat(verify("--replay")).isEqualTo(ExitStatus.CHAIN_BROKEN);

    assertThat(out.toString())
        .contains("record %d (ToppedUp): recorded a ToppedUp, it cannot be read: ".formatted(seq))
        .contains("budget identity broken");
  }

  @Test
  void whatARecordSaysDoesNotReachTheTerminalAsItIs() throws Exception {
    rewrite("(\"selected\":\\{\"model\":)\"[^\"]+\"", "$1\"\\\\u001b[2J\"");

    verify("--replay");

    assertThat(out.toString()).contains("?[2J").doesNotContain("\u001b");
  }

  @Test
  void anEnvelopeThatCannotBeReadIsNamed() throws Exception {
    long seq = rewrite("\"type\":\"ToppedUp\"", "\"mystery\":1,\"type\":\"ToppedUp\"");

    assertThat(verify("--replay")).isEqualTo(ExitStatus.CHAIN_BROKEN);

    assertThat(out.toString())
        .contains("record %d (envelope): ".formatted(seq))
        .contains("unknown member mystery");
  }

  @Test
  void anEventOfANewerReleaseIsNotJudged() throws Exception {
    long seq = rewrite("\"type\":\"NodeStarted\"|\"type\":\"Released\"", "\"type\":\"Unheard\"");

    assertThat(verify("--replay")).isEqualTo(ExitStatus.UNUSABLE);

    assertThat(err.toString()).contains("Record %d is of type Unheard".formatted(seq));
  }

  @Test
  void aBrokenChainIsNotReplayed() {
    change("team-a", "team-x");

    assertThat(verify("--replay")).isEqualTo(ExitStatus.CHAIN_BROKEN);

    assertThat(out.toString()).contains("hash_mismatch").doesNotContain("Replayed");
  }

  private void change(String what, String by) {
    Path segment = Segments.file(directory, 1);
    try {
      Files.writeString(segment, Files.readString(segment).replace(what, by));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aTornTailIsLeftOut() throws Exception {
    Files.writeString(Segments.file(directory, 1), "torn", StandardOpenOption.APPEND);

    assertThat(verify("--replay")).isEqualTo(ExitStatus.OK);

    assertThat(out.toString()).startsWith("Sound, with a torn tail.").contains("all as recorded");
  }
}
