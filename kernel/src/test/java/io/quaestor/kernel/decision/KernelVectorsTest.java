package io.quaestor.kernel.decision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The kernel on cases whose decisions were computed by another implementation. */
class KernelVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void decidesEveryVectorAsRecorded() throws IOException {
    Decision decision = new Decision(64);
    Set<Reason> seen = EnumSet.noneOf(Reason.class);
    int number = 0;

    for (String line : lines()) {
      number++;
      JsonNode vector = JSON.readTree(line);
      Kernel.decide(
          limits(vector.get("policy")),
          candidates(vector.get("models")),
          input(vector.get("input")),
          decision);
      assertThat(summary(decision)).as("line %d", number).isEqualTo(summary(vector));
      seen.add(decision.reason());
    }

    assertThat(seen).containsExactlyInAnyOrder(Reason.values());
  }

  private static List<Object> summary(Decision d) {
    return List.of(
        d.action().wireName(),
        d.reason().wireName(),
        (long) d.selectedModelId(),
        d.costMicrocents(),
        d.utilityMicrocents(),
        (long) d.counterfactualModelId(),
        d.counterfactualUtilityMicrocents(),
        (long) d.evaluated(),
        (long) d.eligible());
  }

  private static List<Object> summary(JsonNode vector) {
    JsonNode d = vector.get("decision");
    return List.of(
        d.get("action").textValue(),
        d.get("reason").textValue(),
        d.get("selected_model_id").longValue(),
        d.get("estimated_cost").longValue(),
        d.get("expected_utility").longValue(),
        d.get("counterfactual_model_id").longValue(),
        d.get("counterfactual_utility").longValue(),
        d.get("evaluated_models").longValue(),
        d.get("eligible_models").longValue());
  }

  private static List<String> lines() throws IOException {
    try (var raw =
            Objects.requireNonNull(
                KernelVectorsTest.class.getResourceAsStream("/kernel-vectors.jsonl.gz"));
        var reader = new BufferedReader(new InputStreamReader(new GZIPInputStream(raw), UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static Limits limits(JsonNode p) {
    return new Limits(
        p.get("hard_risk_limit_bps").intValue(),
        p.get("minimum_confidence_bps").intValue(),
        p.get("risk_penalty_multiplier_bps").intValue(),
        p.get("latency_penalty_microunits_per_ms").longValue());
  }

  private static Candidates candidates(JsonNode models) {
    List<Candidate> list = new ArrayList<>();
    for (JsonNode m : models) {
      list.add(
          new Candidate(
              m.get("model_id").intValue(),
              m.get("provider_id").intValue(),
              m.get("quality_bps").intValue(),
              m.get("risk_ceiling_bps").intValue(),
              m.get("enabled").booleanValue(),
              m.get("p95_latency_ms").intValue(),
              m.get("capabilities").longValue(),
              m.get("region_mask").longValue(),
              m.get("input_cost_per_million").longValue(),
              m.get("output_cost_per_million").longValue()));
    }
    return Candidates.of(list);
  }

  private static Input input(JsonNode in) {
    long outputTokens = in.get("output_tokens").longValue();
    return new Input(
        in.get("requested_model_id").intValue(),
        in.get("input_tokens").longValue(),
        outputTokens,
        outputTokens,
        in.get("business_value").longValue(),
        in.get("budget_limit").longValue(),
        in.get("risk_bps").intValue(),
        in.get("confidence_bps").intValue(),
        in.get("minimum_quality_bps").intValue(),
        in.get("max_p95_latency_ms").intValue(),
        in.get("required_capabilities").longValue(),
        in.get("allowed_provider_mask").longValue(),
        in.get("required_region_mask").longValue());
  }
}
