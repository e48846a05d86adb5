package io.quaestor.kernel.tenant;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.learning.Traits;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A demand is what one route call asks for, in the numbers of a catalog: names are bits, and the
 * tokens that the client left open are the policy's. It holds all that the client decides and
 * nothing that follows from policy, catalog and budget; so a recorded decision can be put back into
 * the demand it answered, and decided again on the same path.
 *
 * @param id the decision's id
 * @param floorBps null when the client stated none
 * @param valueMicrocents null when the client stated none
 */
public record Demand(
    String id,
    @Nullable IdempotencyKey key,
    String requestSha256,
    String useCase,
    String model,
    long inputTokens,
    long outputTokens,
    long outputTokensMax,
    @Nullable Integer floorBps,
    @Nullable Long valueMicrocents,
    int riskBps,
    int confidenceBps,
    int maxLatencyMs,
    long requiredCapabilities,
    long allowedProviders,
    long requiredRegions,
    @Nullable Integer difficultyBps,
    List<Long> featuresMicro) {

  public Demand {
    featuresMicro = List.copyOf(featuresMicro);
  }

  /** What the request tells about itself. */
  Traits traits(String tenant) {
    return new Traits(tenant, useCase, inputTokens, riskBps, difficultyBps, featuresMicro);
  }

  /** What a client asks for; the catalog has to know every name in it. */
  static Demand asked(TenantCommand.Route call, Policy policy, CompiledCatalog catalog) {
    long expected = Objects.requireNonNullElse(call.outputTokens(), policy.defaultOutputTokens());
    long most =
        call.maxTokens() != null
            ? call.maxTokens()
            : Math.max(expected, policy.defaultOutputTokensMax());
    return new Demand(
        call.id(),
        call.key(),
        call.requestSha256(),
        call.useCase(),
        call.model(),
        call.inputTokens(),
        Math.min(expected, most),
        most,
        call.qualityFloorBps(),
        call.businessValueMicrocents(),
        call.riskBps(),
        call.confidenceBps(),
        call.maxLatencyMs(),
        mask(catalog.capabilities(), call.capabilities()),
        call.providers() == null ? -1L : mask(catalog.providers(), call.providers()),
        call.region() == null ? 0 : mask(catalog.regions(), List.of(call.region())),
        call.difficultyBps(),
        call.featuresMicro());
  }

  private static long mask(CompiledCatalog.Bits bits, List<String> names) {
    return Objects.requireNonNull(bits.mask(names));
  }

  /** What a recorded decision was asked for. */
  public static Demand recorded(Event.DecisionMade decision) {
    Event.Question question = decision.question();
    return new Demand(
        decision.id(),
        decision.key(),
        decision.requestSha256(),
        decision.useCase(),
        question.requestedModel(),
        question.inputTokens(),
        question.outputTokens(),
        question.outputTokensMax(),
        Floor.isOfClient(decision) ? decision.floorBps() : null,
        Value.isOfClient(question) ? question.businessValueMicrocents() : null,
        question.riskBps(),
        question.confidenceBps(),
        question.maxLatencyMs(),
        question.requiredCapabilities(),
        question.allowedProviders(),
        question.requiredRegions(),
        question.difficultyBps(),
        Objects.requireNonNullElse(question.featuresMicro(), List.of()));
  }
}
