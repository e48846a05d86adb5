package io.quaestor.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quaestor.http.server.ApiError;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Usage;
import io.quaestor.kernel.ledger.LedgerCommand;
import io.quaestor.kernel.tenant.TenantCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies of the calls other than route. */
final class Requests {

  private Requests() {}

  record Batch(@Nullable List<JsonNode> requests) {}

  record Tokens(@Nullable Long inputTokens, @Nullable Long outputTokens) {
    Usage usage(String param) {
      return new Usage(
          tokens(param + ".input_tokens", inputTokens),
          tokens(param + ".output_tokens", outputTokens));
    }

    private static long tokens(String param, @Nullable Long value) {
      return Checks.required(param, Checks.range(param, value, 0, RouteRequest.TOKENS_MAX));
    }
  }

  record Commit(@Nullable Long actualCostMicrocents, @Nullable Tokens usage) {
    LedgerCommand.Cost cost() {
      if ((actualCostMicrocents == null) == (usage == null)) {
        throw ApiError.invalid(
                "missing_member",
                "actual_cost_microcents",
                "Give either 'actual_cost_microcents' or 'usage'.")
            .thrown();
      }
      return usage != null
          ? new LedgerCommand.Cost.Used(usage.usage("usage"))
          : new LedgerCommand.Cost.Stated(
              Checks.required(
                  "actual_cost_microcents",
                  Checks.range("actual_cost_microcents", actualCostMicrocents, 0, Long.MAX_VALUE)));
    }
  }

  record Release(@Nullable String reason) {
    static final int REASON_LENGTH_MAX = 256;
    static final Release UNSTATED = new Release(null);

    String text() {
      String stated = Checks.text("reason", reason, REASON_LENGTH_MAX);
      return stated == null ? "unstated" : stated;
    }
  }

  record Outcome(
      @Nullable String decisionId,
      @Nullable Boolean success,
      @Nullable Integer scoreBps,
      @Nullable Tokens usage,
      @Nullable Long actualCostMicrocents,
      @Nullable Long latencyMs) {

    String id() {
      if (decisionId == null) {
        throw ApiError.invalid("missing_member", "decision_id", "Member 'decision_id' is required.")
            .thrown();
      }
      return Checks.name("decision_id", decisionId);
    }

    TenantCommand.ReportOutcome command(@Nullable IdempotencyKey key) {
      if (success == null && scoreBps == null && usage == null && actualCostMicrocents == null) {
        throw ApiError.invalid(
                "missing_member",
                "success",
                "Report at least one of 'success', 'score_bps', 'usage', 'actual_cost_microcents'.")
            .thrown();
      }
      return new TenantCommand.ReportOutcome(
          key,
          id(),
          success,
          Checks.bps("score_bps", scoreBps),
          usage == null ? null : usage.usage("usage"),
          Checks.range("actual_cost_microcents", actualCostMicrocents, 0, Long.MAX_VALUE),
          Checks.range("latency_ms", latencyMs, 0, Integer.MAX_VALUE));
    }
  }

  record TopUp(@Nullable Long amountMicrocents) {
    TenantCommand.TopUp command(@Nullable IdempotencyKey key) {
      return new TenantCommand.TopUp(
          key,
          Checks.required(
              "amount_microcents",
              Checks.range("amount_microcents", amountMicrocents, 1, Long.MAX_VALUE)));
    }
  }

  record BudgetSettings(
      @Nullable Long initialMicrocents,
      @Nullable Long reservedMaxMicrocents,
      @Nullable String window) {}

  record Tenant(@Nullable BudgetSettings budget, @Nullable String mode, @Nullable String parent) {

    TenantCommand.Define command(@Nullable IdempotencyKey key) {
      only("mode", mode, "enforce");
      only("budget.window", budget == null ? null : budget.window(), "none");
      if (parent != null) {
        throw ApiError.invalid(
                "unsupported_value",
                "parent",
                "Budget trees are not supported yet; leave 'parent' out.")
            .thrown();
      }
      return new TenantCommand.Define(
          key,
          null,
          budget == null
              ? null
              : Checks.range(
                  "budget.initial_microcents", budget.initialMicrocents(), 0, Long.MAX_VALUE),
          budget == null
              ? null
              : Checks.range(
                  "budget.reserved_max_microcents",
                  budget.reservedMaxMicrocents(),
                  0,
                  Long.MAX_VALUE));
    }

    private static void only(String param, @Nullable String value, String supported) {
      if (value != null && !value.equals(supported)) {
        throw ApiError.invalid(
                "unsupported_value",
                param,
                "'%s' supports only '%s' yet.".formatted(param, supported))
            .thrown();
      }
    }
  }
}
