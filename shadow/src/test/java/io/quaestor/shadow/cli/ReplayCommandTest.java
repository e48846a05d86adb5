package io.quaestor.shadow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.quaestor.shadow.profile.Profiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {

  private static final String PROFILE = "routellm-mmlu";

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file = Path.of("");

  @BeforeEach
  void writeHistory() throws IOException {
    file = directory.resolve("history.jsonl.gz");
    write(rows(400));
  }

  private void write(List<String> lines) throws IOException {
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write((String.join("\n", lines) + "\n").getBytes(UTF_8));
    }
  }

  private static List<String> rows(int count) {
    SplittableRandom random = new SplittableRandom(1);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          """
          {"prompt_id":"q%d","domain":"%s","contaminated":%d,"strong_correct":%d,\
          "weak_correct":%d,"prompt":"%s"}"""
              .formatted(
                  i,
                  random.nextBoolean() ? "marketing" : "virology",
                  i == 7 ? 1 : 0,
                  random.nextInt(10) < 8 ? 1 : 0,
                  random.nextInt(10) < 6 ? 1 : 0,
                  "x".repeat(40 + random.nextInt(400))));
    }
    return rows;
  }

  @Test
  void printsTablesWithoutColoursToAPipe() {
    assertThat(run()).isZero();

    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("routellm-mmlu: 399 calls, 2 candidates, shuffled by seed 1")
        .contains("Target 74.0 %; saved against gpt-4-1106-preview")
        .contains("Note: 1 rows are left out")
        .contains("1-40 ")
        .contains("all 399")
        .contains("price of a success, USD")
        .contains("The same success rate in hindsight: oracle ")
        .contains("Ledger: committed ")
        .doesNotContain("\u001b");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 200);
  }

  @Test
  void weeksAreAPeriodAndALimit() {
    assertThat(run("--period", "100", "--limit", "350", "--order", "file")).isZero();

    assertThat(out.toString())
        .contains("350 calls, 2 candidates, in the order of the file")
        .contains("\n1-100 ")
        .contains("\n301-350 ")
        .doesNotContain("351");
  }

  @Test
  void jsonIsOneObjectThatAddsUp() throws IOException {
    assertThat(run("--json", "--period", "150")).isZero();

    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.get("set").asText()).isEqualTo("routellm-mmlu");
    assertThat(json.get("order").asText()).isEqualTo("shuffled");
    assertThat(json.get("target_bps").get("analysis").asInt()).isEqualTo(7_400);
    assertThat(json.get("budget_microcents").isNull()).isTrue();
    assertThat(json.get("notes")).hasSize(1);
    assertThat(json.get("periods")).hasSize(3);
    for (String sum : List.of("calls", "cost_microcents", "baseline_cost_microcents", "explored")) {
      long all = 0;
      for (JsonNode period : json.get("periods")) {
        all += period.get(sum).asLong();
      }
      assertThat(all).as(sum).isEqualTo(json.get("total").get(sum).asLong());
    }
    JsonNode ledger = json.get("ledger");
    assertThat(ledger.get("committed_microcents")).isEqualTo(json.at("/total/cost_microcents"));
    assertThat(ledger.get("reserved_microcents").asLong()).isZero();
    assertThat(json.at("/hindsight/oracle/cost_microcents").asLong())
        .isLessThanOrEqualTo(json.at("/total/cost_microcents").asLong());
    assertThat(json.at("/total/positives").isMissingNode()).isTrue();
  }

  @Test
  void csvIsALineAPeriodThatAddsUp() throws IOException {
    assertThat(run("--csv", "--period", "150")).isZero();

    ObjectReader reader =
        new CsvMapper().readerForMapOf(String.class).with(CsvSchema.emptySchema().withHeader());
    List<Map<String, String>> periods =
        reader.<Map<String, String>>readValues(out.toString()).readAll();
    assertThat(periods).extracting(row -> row.get("calls")).containsExactly("150", "150", "99");
    for (Map<String, String> row : periods) {
      long tiers =
          Long.parseLong(row.get("tier mixtral-8x7b-instruct-v0.1"))
              + Long.parseLong(row.get("tier gpt-4-1106-preview"));
      assertThat(tiers).isEqualTo(Long.parseLong(row.get("calls")));
      assertThat(row.get("price_microcents analysis")).isNotEmpty();
    }
  }

  @Test
  void theSameOptionsGiveTheSameBytesAndAnotherSeedOthers() {
    run("--json");
    String first = out.toString();
    out.getBuffer().setLength(0);
    run("--json");
    assertThat(out.toString()).isEqualTo(first);

    out.getBuffer().setLength(0);
    run("--json", "--seed", "2", "--order", "file");
    String file = out.toString();
    out.getBuffer().setLength(0);
    run("--json", "--seed", "3", "--order", "file");
    assertThat(out.toString().replace("\"seed\":3", "\"seed\":2")).isNotEqualTo(file);
  }

  @Test
  void aBudgetThatBindsRejectsAndIsNeverPassed() throws IOException {
    assertThat(run("--json", "--budget", "0.02")).isZero();

    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.at("/total/rejected").asLong()).isBetween(1L, 398L);
    assertThat(json.at("/total/rejections/budget_constraint"))
        .isEqualTo(json.at("/total/rejected"));
    assertThat(json.at("/ledger/initial_microcents").asLong()).isEqualTo(2_000_000);
    assertThat(json.at("/ledger/remaining_microcents").asLong()).isNotNegative();
    assertThat(json.get("hindsight").isNull()).isTrue();

    out.getBuffer().setLength(0);
    assertThat(run("--budget", "0.02")).isZero();
    assertThat(out.toString())
        .contains("budget 0.02 USD")
        .contains("calls rejected: budget_constraint");
  }

  @Test
  void aTargetIsAimedAtByEveryUseCase() throws IOException {
    assertThat(run("--json", "--target", "7900")).isZero();
    JsonNode high = new ObjectMapper().readTree(out.toString());
    out.getBuffer().setLength(0);
    assertThat(run("--json", "--target", "6000")).isZero();
    JsonNode low = new ObjectMapper().readTree(out.toString());

    assertThat(high.at("/target_bps/analysis").asInt()).isEqualTo(7_900);
    assertThat(high.at("/total/cost_microcents").asLong())
        .isGreaterThan(low.at("/total/cost_microcents").asLong());
  }

  @Test
  void aBadLineIsNamedAndNothingIsPrinted() throws IOException {
    List<String> lines = rows(400);
    lines.set(299, lines.get(299).replace("\"weak_correct\":", "\"weak_correct\":-"));
    lines.set(299, lines.get(299).replace("\"weak_correct\":-0", "\"weak_correct\":-1"));
    write(lines);

    assertThat(run()).isEqualTo(2);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .contains("history.jsonl.gz")
        .contains("line 300")
        .contains("weak_correct");
  }

  @Test
  void filesThatAreNoneAreNamed() throws IOException {
    assertThat(execute(directory.resolve("none").toString(), "--profile", PROFILE)).isEqualTo(2);
    assertThat(execute(directory.toString(), "--profile", PROFILE)).isEqualTo(2);
    write(List.of());
    assertThat(run()).isEqualTo(2);
    Files.writeString(file, "no gzip");
    assertThat(run()).isEqualTo(2);

    assertThat(err.toString().lines())
        .hasSize(4)
        .allMatch(line -> line.contains(directory.toString()));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aProfileThatIsNoneIsNamedWithThoseThatShip() {
    assertThat(execute(file.toString(), "--profile", "mmlu")).isEqualTo(2);

    assertThat(err.toString()).contains("no profile 'mmlu'").contains("routellm-mmlu");
  }

  @Test
  void optionsOutOfTheirBoundsAreRefusedBeforeTheFileIsRead() {
    file = directory.resolve("none");

    assertThat(run("--target", "0")).isEqualTo(2);
    assertThat(run("--target", "10000")).isEqualTo(2);
    assertThat(run("--period", "0")).isEqualTo(2);
    assertThat(run("--limit", "-1")).isEqualTo(2);
    assertThat(run("--order", "any")).isEqualTo(2);
    assertThat(run("--budget", "-1")).isEqualTo(2);
    assertThat(run("--budget", "1e99")).isEqualTo(2);
    assertThat(run("--budget", "0.000000001")).isEqualTo(2);
    assertThat(run("--json", "--csv")).isEqualTo(2);
    assertThat(execute(file.toString())).isEqualTo(2);

    assertThat(err.toString())
        .contains("--target must be 1 to 9999 basis points, got 10000.")
        .contains("--period must be at least 1, got 0.")
        .contains("--limit must be at least 1, got -1.")
        .contains("--order must be file or shuffled, got 'any'.")
        .contains("--budget must be an amount of USD")
        .contains("mutually exclusive")
        .contains("Missing required option: '--profile=PROFILE'")
        .doesNotContain("cannot be read");
  }

  @Test
  void helpListsTheProfiles() {
    assertThat(execute("--help")).isZero();

    String words = out.toString().replaceAll("\\s+", " ");
    Profiles.names().forEach(name -> assertThat(words).contains(name));
    assertThat(words).contains("--limit=CALLS").contains("Exit status:").contains("precision");
  }

  @Test
  void theCommandLineHasTheNodesCommandsAsWell() {
    assertThat(Main.commandLine().getSubcommands().keySet())
        .contains("serve", "verify", "export", "keys", "conformance", "replay", "bench");
    CommandLine bench = Objects.requireNonNull(Main.commandLine().getSubcommands().get("bench"));
    assertThat(bench.getSubcommands()).containsKey("learning");
    assertThat(Main.commandLine("bench", "learning").getSubcommands()).containsKey("replay");
    assertThat(Main.commandLine("serve").getSubcommands())
        .containsKey("serve")
        .doesNotContainKey("replay");
  }

  private int run(String... args) {
    List<String> all = new ArrayList<>(List.of(file.toString(), "--profile", PROFILE));
    all.addAll(List.of(args));
    return execute(all.toArray(String[]::new));
  }

  private int execute(String... args) {
    List<String> all = new ArrayList<>(List.of("replay"));
    all.addAll(List.of(args));
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(all.toArray(String[]::new));
  }
}
