package io.quaestor.kernel.tenant;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Mode;
import io.quaestor.kernel.event.Usage;
import io.quaestor.kernel.ledger.LedgerCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a tenant can be asked. Ids and digests are stamped at the edge; nothing here is chance. */
public sealed interface TenantCommand {

  /** The model name that leaves the choice to Quaestor. */
  String AUTO = "auto";

  @Nullable IdempotencyKey key();

  /**
   * Which candidate may serve this request?
   *
   * @param id the decision's id, new and unique
   * @param maxTokens bound of the output; the policy's default when null
   * @param providers the allowed ones; all when null
   */
  record Route(
      String id,
      @Nullable IdempotencyKey key,
      String requestSha256,
      String model,
      String useCase,
      long inputTokens,
      @Nullable Long outputTokens,
      @Nullable Long maxTokens,
      @Nullable Integer qualityFloorBps,
      int riskBps,
      int confidenceBps,
      @Nullable Long businessValueMicrocents,
      int maxLatencyMs,
      List<String> capabilities,
      @Nullable List<String> providers,
      @Nullable String region,
      @Nullable String catalog,
      @Nullable Integer difficultyBps,
      List<Long> featuresMicro)
      implements TenantCommand {}

  record Commit(@Nullable IdempotencyKey key, String id, LedgerCommand.Cost cost)
      implements TenantCommand {}

  record Release(@Nullable IdempotencyKey key, String id, String reason) implements TenantCommand {}

  record ReportOutcome(
      @Nullable IdempotencyKey key,
      String id,
      @Nullable Boolean success,
      @Nullable Integer scoreBps,
      @Nullable Usage usage,
      @Nullable Long actualCostMicrocents,
      @Nullable Long latencyMs)
      implements TenantCommand {

    /** The success it reports, in basis points; null when it does not say how it went. */
    public @Nullable Integer score() {
      return Event.OutcomeReported.score(success, scoreBps);
    }
  }

  /**
   * Creates the tenant or changes its settings.
   *
   * @param initialMicrocents null keeps the present budget, or the default for a new tenant
   * @param reservedMaxMicrocents null keeps the present cap, or none for a new tenant
   */
  record Define(
      @Nullable IdempotencyKey key,
      @Nullable Mode mode,
      @Nullable Long initialMicrocents,
      @Nullable Long reservedMaxMicrocents)
      implements TenantCommand {}

  record TopUp(@Nullable IdempotencyKey key, long amountMicrocents) implements TenantCommand {}
}
