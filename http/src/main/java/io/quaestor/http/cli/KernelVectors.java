package io.quaestor.http.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.quaestor.kernel.decision.Candidate;
import io.quaestor.kernel.decision.Candidates;
import io.quaestor.kernel.decision.Decision;
import io.quaestor.kernel.decision.Input;
import io.quaestor.kernel.decision.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads kernel vectors: lines of JSON with the members {@code policy}, {@code models}, {@code
 * input} and the {@code decision} that the kernel must answer. Numbers are integers; masks are
 * signed 64 bit, -1 being all bits; members that the kernel has no use for are ignored.
 */
final class KernelVectors {
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private KernelVectors() {}

  /** One case: what to decide on, and the decision it must come to. */
  record Vector(Limits limits, Candidates candidates, Input input, Expected expected) {}

  /** The members of a decision that a vector fixes, named as in the vector. */
  record Expected(
      String action,
      String reason,
      long selectedModelId,
      long estimatedCost,
      long expectedUtility,
      long counterfactualModelId,
      long counterfactualUtility,
      long evaluatedModels,
      long eligibleModels) {

    static Expected of(Decision d) {
      return new Expected(
          d.action().wireName(),
          d.reason().wireName(),
          d.selectedModelId(),
          d.costMicrocents(),
          d.utilityMicrocents(),
          d.counterfactualModelId(),
          d.counterfactualUtilityMicrocents(),
          d.evaluated(),
          d.eligible());
    }
  }

  /**
   * One vector from its line.
   *
   * @throws MalformedVectorException if the line is no JSON, or a member is missing, of the wrong
   *     type or out of its range
   */
  static Vector parse(String line) throws MalformedVectorException {
    try {
      JsonNode root = JSON.readTree(line);
      return new Vector(
          limits(root.required("policy")),
          candidates(root.required("models")),
          input(root.required("input")),
          expected(root.required("decision")));
    } catch (JsonProcessingException e) {
      throw new MalformedVectorException("no JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new MalformedVectorException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Limits limits(JsonNode policy) {
    return new Limits(
        intAt(policy, "hard_risk_limit_bps"),
        intAt(policy, "minimum_confidence_bps"),
        intAt(policy, "risk_penalty_multiplier_bps"),
        longAt(policy, "latency_penalty_microunits_per_ms"));
  }

  private static Candidates candidates(JsonNode models) {
    if (!models.isArray()) {
      throw new IllegalArgumentException("models must be an array");
    }
    List<Candidate> candidates = new ArrayList<>();
    for (JsonNode model : models) {
      candidates.add(candidate(model));
    }
    return Candidates.of(candidates);
  }

  private static Candidate candidate(JsonNode model) {
    JsonNode enabled = model.required("enabled");
    if (!enabled.isBoolean()) {
      throw new IllegalArgumentException("enabled must be true or false");
    }
    return new Candidate(
        intAt(model, "model_id"),
        intAt(model, "provider_id"),
        intAt(model, "quality_bps"),
        intAt(model, "risk_ceiling_bps"),
        enabled.booleanValue(),
        intAt(model, "p95_latency_ms"),
        longAt(model, "capabilities"),
        longAt(model, "region_mask"),
        longAt(model, "input_cost_per_million"),
        longAt(model, "output_cost_per_million"));
  }

  private static Input input(JsonNode input) {
    long outputTokens = longAt(input, "output_tokens");
    return new Input(
        intAt(input, "requested_model_id"),
        longAt(input, "input_tokens"),
        outputTokens,
        outputTokens,
        longAt(input, "business_value"),
        longAt(input, "budget_limit"),
        intAt(input, "risk_bps"),
        intAt(input, "confidence_bps"),
        intAt(input, "minimum_quality_bps"),
        intAt(input, "max_p95_latency_ms"),
        longAt(input, "required_capabilities"),
        longAt(input, "allowed_provider_mask"),
        longAt(input, "required_region_mask"));
  }

  private static Expected expected(JsonNode decision) {
    return new Expected(
        textAt(decision, "action"),
        textAt(decision, "reason"),
        longAt(decision, "selected_model_id"),
        longAt(decision, "estimated_cost"),
        longAt(decision, "expected_utility"),
        longAt(decision, "counterfactual_model_id"),
        longAt(decision, "counterfactual_utility"),
        longAt(decision, "evaluated_models"),
        longAt(decision, "eligible_models"));
  }

  private static int intAt(JsonNode parent, String member) {
    JsonNode node = parent.required(member);
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw new IllegalArgumentException(member + " must be a 32-bit integer, got " + node);
    }
    return node.intValue();
  }

  private static long longAt(JsonNode parent, String member) {
    JsonNode node = parent.required(member);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new IllegalArgumentException(member + " must be a 64-bit integer, got " + node);
    }
    return node.longValue();
  }

  private static String textAt(JsonNode parent, String member) {
    JsonNode node = parent.required(member);
    if (!node.isTextual()) {
      throw new IllegalArgumentException(member + " must be a string, got " + node);
    }
    return node.textValue();
  }

  /** A line that is no vector; the message says why. */
  static final class MalformedVectorException extends Exception {
    MalformedVectorException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
