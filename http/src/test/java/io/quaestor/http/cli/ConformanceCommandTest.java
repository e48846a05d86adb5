package io.quaestor.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConformanceCommandTest {
  private static final String VECTOR =
      """
      {"policy":{"policy_epoch":1,"hard_risk_limit_bps":9000,"minimum_confidence_bps":1000,\
      "risk_penalty_multiplier_bps":5000,"latency_penalty_microunits_per_ms":1},\
      "models":[{"model_id":4,"provider_id":1,"quality_bps":9000,"risk_ceiling_bps":9500,\
      "enabled":true,"p95_latency_ms":300,"capabilities":7,"region_mask":-1,\
      "input_cost_per_million":1000000,"output_cost_per_million":2000000}],\
      "input":{"requested_model_id":4,"input_tokens":1000,"output_tokens":100,\
      "business_value":1000000,"budget_limit":5000,"risk_bps":0,"confidence_bps":10000,\
      "minimum_quality_bps":0,"max_p95_latency_ms":0,"required_capabilities":1,\
      "allowed_provider_mask":-1,"required_region_mask":0},\
      "decision":{"action":"execute_requested","reason":"requested_model_maximizes_utility",\
      "selected_model_id":4,"estimated_cost":1200,"expected_utility":898500,\
      "counterfactual_model_id":0,"counterfactual_utility":0,"evaluated_models":1,\
      "eligible_models":1}}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory = Path.of("");

  @Test
  void passesWhenEveryDecisionIsAsRecorded() throws IOException {
    Path file = write("good.jsonl", VECTOR + VECTOR);

    assertThat(run(file)).isZero();
    assertThat(out.toString().lines()).containsExactly("2 passed, 0 failed");
  }

  @Test
  void readsCompressedFiles() throws IOException {
    Path file = directory.resolve("good.jsonl.gz");
    try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(file))) {
      zipped.write(VECTOR.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(run(file)).isZero();
    assertThat(out.toString().lines()).containsExactly("1 passed, 0 failed");
  }

  @Test
  void namesTheLineAndBothDecisionsOfAFailure() throws IOException {
    Path file = write("bad.jsonl", VECTOR + VECTOR.replace("898500", "898501"));

    assertThat(run(file)).isEqualTo(1);
    assertThat(out.toString().lines()).hasSize(2).endsWith("1 passed, 1 failed");
    assertThat(out.toString()).startsWith("line 2: expected ").contains("898501", "898500");
  }

  @Test
  void namesTheLineThatIsNoVector() throws IOException {
    assertThat(run(write("cut.jsonl", VECTOR + "{\"policy\":"))).isEqualTo(2);
    assertThat(run(write("text.jsonl", VECTOR.replace("\"budget_limit\":5000,", "")))).isEqualTo(2);
    assertThat(run(write("range.jsonl", VECTOR.replace("9000", "90000")))).isEqualTo(2);
    assertThat(run(write("scalar.jsonl", "7\n"))).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(4);
    assertThat(err.toString())
        .contains("cut.jsonl: line 2: ", "line 1: ", "budget_limit", "hardRiskLimitBps");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void namesAFileThatCannotBeRead() throws IOException {
    assertThat(run(directory.resolve("missing.jsonl"))).isEqualTo(2);
    assertThat(run(write("not-zipped.jsonl.gz", VECTOR))).isEqualTo(2);

    assertThat(err.toString()).contains("missing.jsonl: cannot be read", "not-zipped.jsonl.gz");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void findsNothingToFailInAnEmptyFile() throws IOException {
    assertThat(run(write("empty.jsonl", ""))).isZero();
    assertThat(out.toString().lines()).containsExactly("0 passed, 0 failed");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private int run(Path file) {
    return new CommandLine(new ConformanceCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(file.toString());
  }
}
