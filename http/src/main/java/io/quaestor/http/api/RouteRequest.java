package io.quaestor.http.api;

import io.quaestor.http.server.ApiError;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.tenant.TenantCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a route call.
 *
 * @param model the model the client would use, or {@code auto}
 * @param inputTokens size of the prompt; when absent, the prompt's UTF-8 bytes are counted, which
 *     no tokenizer exceeds
 * @param difficultyBps predicted difficulty: sets the regime
 * @param features numbers that describe the request: set the regime when there is no difficulty
 * @param embedding the prompt's embedding; checked, not used yet
 */
record RouteRequest(
    @Nullable String model,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Long maxTokens,
    @Nullable Integer qualityFloorBps,
    @Nullable Integer riskBps,
    @Nullable Integer confidenceBps,
    @Nullable Long businessValueMicrocents,
    @Nullable Integer maxLatencyMs,
    @Nullable List<String> capabilities,
    @Nullable List<String> providers,
    @Nullable String region,
    @Nullable String catalog,
    @Nullable Integer difficultyBps,
    @Nullable List<Double> features,
    @Nullable List<Double> embedding,
    @Nullable String prompt,
    @Nullable Map<String, Object> metadata) {

  static final long TOKENS_MAX = 1_000_000_000;
  static final int FEATURES_MAX = 64;
  private static final double FEATURE_MICRO = 1e6;
  static final int EMBEDDING_LENGTH = 384;
  static final int NAMES_MAX = 64;
  static final String DEFAULT_TENANT = "default";
  private static final String DEFAULT_USE_CASE = "default";
  private static final int CONFIDENCE_CERTAIN_BPS = 10_000;

  /** The tenant that the request names. */
  String tenant() {
    return Checks.name("metadata.tenant_id", metadata("tenant_id", DEFAULT_TENANT));
  }

  TenantCommand.Route command(String id, @Nullable IdempotencyKey key, String requestSha256) {
    checkLists();
    return new TenantCommand.Route(
        id,
        key,
        requestSha256,
        Objects.requireNonNullElse(Checks.optionalName("model", model), TenantCommand.AUTO),
        Checks.name("metadata.use_case", metadata("use_case", DEFAULT_USE_CASE)),
        tokensIn(),
        Checks.range("output_tokens", outputTokens, 0, TOKENS_MAX),
        Checks.range("max_tokens", maxTokens, 1, TOKENS_MAX),
        Checks.bps("quality_floor_bps", qualityFloorBps),
        Objects.requireNonNullElse(Checks.bps("risk_bps", riskBps), 0),
        Objects.requireNonNullElse(
            Checks.bps("confidence_bps", confidenceBps), CONFIDENCE_CERTAIN_BPS),
        Checks.range("business_value_microcents", businessValueMicrocents, 0, Long.MAX_VALUE),
        Objects.requireNonNullElse(
            Checks.range("max_latency_ms", maxLatencyMs, 0, Integer.MAX_VALUE), 0),
        Objects.requireNonNullElse(capabilities, List.of()),
        providers,
        Checks.optionalName("region", region),
        Checks.optionalName("catalog", catalog),
        difficultyBps,
        micro());
  }

  /** The features in millionths: events have no fractions. */
  private List<Long> micro() {
    return features == null
        ? List.of()
        : features.stream().map(feature -> Math.round(feature * FEATURE_MICRO)).toList();
  }

  private long tokensIn() {
    Long given = Checks.range("input_tokens", inputTokens, 0, TOKENS_MAX);
    if (given != null) {
      return given;
    }
    if (prompt == null) {
      throw ApiError.invalid(
              "missing_member", "input_tokens", "Give 'input_tokens', or the 'prompt' itself.")
          .thrown();
    }
    return prompt.getBytes(StandardCharsets.UTF_8).length;
  }

  private void checkLists() {
    Checks.names("capabilities", capabilities, NAMES_MAX);
    Checks.names("providers", providers, NAMES_MAX);
    Checks.bps("difficulty_bps", difficultyBps);
    Checks.numbers("features", features, 1, FEATURES_MAX);
    Checks.numbers("embedding", embedding, EMBEDDING_LENGTH, EMBEDDING_LENGTH);
  }

  private String metadata(String name, String otherwise) {
    Object value = metadata == null ? null : metadata.get(name);
    return switch (value) {
      case null -> otherwise;
      case String text -> text;
      default ->
          throw ApiError.invalid(
                  "invalid_value",
                  "metadata." + name,
                  "Member 'metadata.%s' must be a text.".formatted(name))
              .thrown();
    };
  }
}
