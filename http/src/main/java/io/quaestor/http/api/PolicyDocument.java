package io.quaestor.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.Json;
import io.quaestor.kernel.catalog.CatalogRules;
import io.quaestor.kernel.catalog.Policy;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy as people write it; every member is required, so that a policy says what it does.
 *
 * @param learning absent in a policy that does not learn
 */
public record PolicyDocument(
    @Nullable String name,
    @Nullable Integer hardRiskLimitBps,
    @Nullable Integer minimumConfidenceBps,
    @Nullable Integer riskMultiplierBps,
    @Nullable Long latencyPenaltyMicrocentsPerMs,
    @Nullable Integer defaultFloorBps,
    @Nullable Map<String, Integer> floorsBps,
    @Nullable Integer valueMultipleBps,
    @Nullable Long defaultOutputTokens,
    @Nullable Long defaultOutputTokensMax,
    @Nullable Long reservationTtlMillis,
    @Nullable LearningDocument learning) {

  /**
   * @param named the name in the call's path; a name in the document must agree with it
   * @throws ApiError.Thrown naming the first member that is wrong
   */
  public Policy policy(@Nullable String named) {
    Map<String, Integer> floors = CatalogDocument.required("floors_bps", floorsBps);
    floors.forEach(
        (useCase, floor) ->
            CatalogDocument.required("floors_bps." + Checks.name("floors_bps", useCase), floor));
    Policy policy =
        new Policy(
            CatalogDocument.agreedName(named, name),
            CatalogDocument.required("hard_risk_limit_bps", hardRiskLimitBps),
            CatalogDocument.required("minimum_confidence_bps", minimumConfidenceBps),
            CatalogDocument.required("risk_multiplier_bps", riskMultiplierBps),
            CatalogDocument.required(
                "latency_penalty_microcents_per_ms", latencyPenaltyMicrocentsPerMs),
            CatalogDocument.required("default_floor_bps", defaultFloorBps),
            floors,
            CatalogDocument.required("value_multiple_bps", valueMultipleBps),
            CatalogDocument.required("default_output_tokens", defaultOutputTokens),
            CatalogDocument.required("default_output_tokens_max", defaultOutputTokensMax),
            CatalogDocument.required("reservation_ttl_millis", reservationTtlMillis),
            learning == null ? null : learning.learning());
    CatalogRules.Fault fault = CatalogRules.check(policy);
    if (fault != null) {
      throw ApiError.invalid(
              "out_of_range", fault.param(), "'%s' %s.".formatted(fault.param(), fault.message()))
          .thrown();
    }
    return policy;
  }

  /** The members of a policy, in the form of this document. */
  static void write(JsonGenerator out, Policy policy) throws IOException {
    JsonNode document = Json.MAPPER.valueToTree(policy);
    for (Map.Entry<String, JsonNode> member : document.properties()) {
      out.writePOJOField(member.getKey(), member.getValue());
    }
  }
}
