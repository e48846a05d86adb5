package io.quaestor.shadow.contest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.contest.ContestResult;
import io.quaestor.shadow.contest.Results;
import io.quaestor.shadow.contest.RunResult;
import io.quaestor.shadow.contest.TargetResult;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

  @Test
  void eachRunIsOneLineWithTheseMembersAndNoOthers() throws IOException {
    ContestResult result = Results.played("a \"set\"", Order.SHUFFLED);
    StringWriter out = new StringWriter();

    JsonLines.write(result, out);
    JsonLines.write(result, out);

    List<String> lines = out.toString().lines().toList();
    List<JsonNode> read = new ArrayList<>();
    for (String line : lines) {
      read.add(new ObjectMapper().readTree(line));
    }
    // 2 targets, 10 policies, 3 seeds, twice.
    assertThat(read).hasSize(120);
    assertThat(read)
        .allSatisfy(
            node ->
                assertThat(node.fieldNames())
                    .toIterable()
                    .containsExactly(
                        "set", "target", "policy", "seed", "calls", "success_rate", "cost"));
    assertThat(lines.getFirst())
        .matches(
            "\\{\"set\":\"a \\\\\"set\\\\\"\",\"target\":0\\.\\d{6},\"policy\":\"quaestor\","
                + "\"seed\":1,\"calls\":360,\"success_rate\":0\\.\\d{9},\"cost\":\\d+}");
  }

  @Test
  void theNumbersAreThoseOfTheRuns() throws IOException {
    ContestResult result = Results.played("set", Order.SHUFFLED);
    TargetResult target = result.targets().getFirst();
    RunResult run = target.runs().getOrDefault("quaestor", List.of()).getFirst();
    StringWriter out = new StringWriter();

    JsonLines.write(result, out);

    JsonNode first = new ObjectMapper().readTree(out.toString().lines().findFirst().orElseThrow());
    assertThat(first.get("target").asDouble()).isCloseTo(target.target().rate(), within(5e-7));
    assertThat(first.get("success_rate").asDouble())
        .isCloseTo(run.totals().successRate(), within(1e-9));
    assertThat(first.get("cost").asLong()).isEqualTo(run.totals().costMicrocents());
    assertThat(first.get("cost").isIntegralNumber()).isTrue();
  }
}
