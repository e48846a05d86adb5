package io.quaestor.kernel.tenant;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Model;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.catalog.Registry.VersionedPolicy;
import io.quaestor.kernel.decision.Candidate;
import io.quaestor.kernel.decision.Candidates;
import io.quaestor.kernel.decision.Decision;
import io.quaestor.kernel.decision.Gate;
import io.quaestor.kernel.decision.Input;
import io.quaestor.kernel.decision.Kernel;
import io.quaestor.kernel.decision.Limits;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.Choice;
import io.quaestor.kernel.event.Event.Option;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One route call on its way through the kernel: the request in the client's words becomes the
 * kernel's input, and the kernel's decision becomes the half of a {@code DecisionMade} that does
 * not concern the budget.
 */
final class Routing {

  /** The floor came with the request. */
  static final String FLOOR_OF_CLIENT = "client";

  /** The floor is the policy's for this use case, before anything was learned. */
  static final String FLOOR_OF_WARM_START = "warm_start";

  /** The policy names no floor for this use case. */
  static final String FLOOR_OF_POLICY = "policy_default";

  private static final ThreadLocal<Decision> BUFFER =
      ThreadLocal.withInitial(() -> new Decision(0));

  private final TenantCommand.Route call;
  private final CompiledCatalog catalog;
  private final VersionedPolicy policy;
  private final Input input;
  private final String floorSource;
  private final String valueSource;

  /** A request that can be decided, or why it cannot. */
  sealed interface Prepared {
    record Ready(Routing routing) implements Prepared {}

    record Refused(TenantRefusal why) implements Prepared {}
  }

  private Routing(
      TenantCommand.Route call,
      CompiledCatalog catalog,
      VersionedPolicy policy,
      Input input,
      String floorSource,
      String valueSource) {
    this.call = call;
    this.catalog = catalog;
    this.policy = policy;
    this.input = input;
    this.floorSource = floorSource;
    this.valueSource = valueSource;
  }

  // ---- from the client's words to the kernel's input -------------------------------------------

  static Prepared prepare(TenantCommand.Route call, DecisionTerms terms, long reservable) {
    CompiledCatalog catalog = terms.catalog(call.catalog());
    if (catalog == null) {
      return new Prepared.Refused(
          new TenantRefusal.UnknownCatalog(Objects.requireNonNull(call.catalog())));
    }
    TenantRefusal refusal = unknownNames(call, catalog);
    return refusal != null
        ? new Prepared.Refused(refusal)
        : new Prepared.Ready(ready(call, catalog, terms.policyInForce(), reservable));
  }

  private static @Nullable TenantRefusal unknownNames(
      TenantCommand.Route call, CompiledCatalog catalog) {
    if (!call.model().equals(TenantCommand.AUTO)) {
      int modelId = catalog.modelId(call.model());
      if (modelId == 0) {
        return new TenantRefusal.UnknownModel(call.model(), catalog.catalog().name());
      }
      if (catalog.model(modelId).price() == null) {
        return new TenantRefusal.UnpricedModel(call.model());
      }
    }
    if (catalog.capabilities().mask(call.capabilities()) == null) {
      return new TenantRefusal.UnknownName("capabilities", call.capabilities());
    }
    if (call.providers() != null && catalog.providers().mask(call.providers()) == null) {
      return new TenantRefusal.UnknownName("providers", call.providers());
    }
    if (call.region() != null && !catalog.regions().contains(call.region())) {
      return new TenantRefusal.UnknownName("region", List.of(call.region()));
    }
    return null;
  }

  private static Routing ready(
      TenantCommand.Route call, CompiledCatalog catalog, VersionedPolicy inForce, long reservable) {
    Policy policy = inForce.policy();
    long expected = Objects.requireNonNullElse(call.outputTokens(), policy.defaultOutputTokens());
    long most =
        call.maxTokens() != null
            ? call.maxTokens()
            : Math.max(expected, policy.defaultOutputTokensMax());
    Integer learned = policy.floorsBps().get(call.useCase());
    int floor =
        call.qualityFloorBps() != null
            ? call.qualityFloorBps()
            : Objects.requireNonNullElse(learned, policy.defaultFloorBps());
    String floorSource =
        call.qualityFloorBps() != null
            ? FLOOR_OF_CLIENT
            : learned != null ? FLOOR_OF_WARM_START : FLOOR_OF_POLICY;
    Input unvalued =
        new Input(
            catalog.modelId(call.model()),
            call.inputTokens(),
            Math.min(expected, most),
            most,
            0,
            reservable,
            call.riskBps(),
            call.confidenceBps(),
            floor,
            call.maxLatencyMs(),
            mask(catalog.capabilities(), call.capabilities()),
            call.providers() == null ? -1L : mask(catalog.providers(), call.providers()),
            call.region() == null ? 0 : mask(catalog.regions(), List.of(call.region())));
    boolean valued = call.businessValueMicrocents() != null;
    long value =
        valued
            ? Objects.requireNonNull(call.businessValueMicrocents())
            : firstValue(policy, catalog.candidates(), unvalued);
    return new Routing(
        call,
        catalog,
        inForce,
        withValue(unvalued, value),
        floorSource,
        valued ? "client" : "floor");
  }

  /**
   * What a success is worth to a client that does not say: a multiple of the least value at which
   * the kernel accepts some model of the required quality. So the cheapest such model wins unless a
   * better one costs little more, whatever the size of the request.
   */
  private static long firstValue(Policy policy, Candidates candidates, Input unvalued) {
    long least = Kernel.breakEvenValue(limits(policy), candidates, unvalued);
    if (least < 0) {
      return 0;
    }
    long multiple = policy.valueMultipleBps();
    return Math.multiplyHigh(least, multiple) == 0 && least * multiple >= 0
        ? least * multiple / 10_000
        : Long.MAX_VALUE;
  }

  private static Input withValue(Input in, long value) {
    return new Input(
        in.requestedModelId(),
        in.inputTokens(),
        in.outputTokens(),
        in.outputTokensMax(),
        value,
        in.budgetLimitMicrocents(),
        in.riskBps(),
        in.confidenceBps(),
        in.qualityFloorBps(),
        in.maxP95LatencyMs(),
        in.requiredCapabilities(),
        in.allowedProviders(),
        in.requiredRegions());
  }

  private static long mask(CompiledCatalog.Bits bits, List<String> names) {
    return Objects.requireNonNull(bits.mask(names));
  }

  private static Limits limits(Policy policy) {
    return new Limits(
        policy.hardRiskLimitBps(),
        policy.minimumConfidenceBps(),
        policy.riskMultiplierBps(),
        policy.latencyPenaltyMicrocentsPerMs());
  }

  // ---- from the kernel's decision to the event -------------------------------------------------

  Policy policy() {
    return policy.policy();
  }

  /** Runs the kernel. The result is this thread's buffer: read it before the next decision. */
  Decision decide() {
    Decision buffer = BUFFER.get();
    if (buffer.capacity() < catalog.candidates().size()) {
      buffer = new Decision(catalog.candidates().size());
      BUFFER.set(buffer);
    }
    Kernel.decide(limits(policy.policy()), catalog.candidates(), input, buffer);
    return buffer;
  }

  /** The model that was selected. */
  Model selected(Decision decision) {
    return catalog.model(decision.selectedModelId());
  }

  Event.DecisionMade event(
      Event.@Nullable Reserved reserved, Event.@Nullable Refused refused, Decision decision) {
    return new Event.DecisionMade(
        reserved,
        refused,
        decision.action().wireName(),
        decision.reason().wireName(),
        call.useCase(),
        call.requestSha256(),
        policy.version(),
        catalog.version(),
        question(),
        input.qualityFloorBps(),
        floorSource,
        null,
        baselineMicrocents(),
        choice(decision, decision.selectedIndex()),
        choice(decision, decision.counterfactualIndex()),
        frontier(decision),
        rejections(decision));
  }

  private Event.Question question() {
    return new Event.Question(
        call.model(),
        input.inputTokens(),
        input.outputTokens(),
        input.outputTokensMax(),
        input.businessValueMicrocents(),
        valueSource,
        input.budgetLimitMicrocents(),
        input.riskBps(),
        input.confidenceBps(),
        input.maxP95LatencyMs(),
        input.requiredCapabilities(),
        input.allowedProviders(),
        input.requiredRegions());
  }

  private @Nullable Choice choice(Decision decision, int index) {
    if (index < 0) {
      return null;
    }
    int modelId = catalog.candidates().get(index).modelId();
    Model model = catalog.model(modelId);
    return new Choice(
        model.id(),
        model.provider(),
        model.tier(),
        model.qualityBps(),
        decision.costMicrocents(index),
        Kernel.costMicrocents(
            catalog.candidates().get(index), input.inputTokens(), input.outputTokensMax()),
        decision.utilityMicrocents(index));
  }

  /** Every eligible candidate, best quality first. */
  private List<Option> frontier(Decision decision) {
    List<Option> eligible = new ArrayList<>(decision.eligible());
    for (int i = 0; i < decision.evaluated(); i++) {
      if (decision.isEligible(i)) {
        Candidate candidate = catalog.candidates().get(i);
        eligible.add(
            new Option(
                catalog.model(candidate.modelId()).id(),
                candidate.qualityBps(),
                decision.costMicrocents(i),
                decision.utilityMicrocents(i)));
      }
    }
    return Collections.unmodifiableList(eligible);
  }

  private static Map<String, Integer> rejections(Decision decision) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Gate gate : GATES) {
      if (decision.count(gate) > 0) {
        counts.put(gate.wireName(), decision.count(gate));
      }
    }
    return counts;
  }

  private static final List<Gate> GATES =
      List.of(Gate.values()).stream().filter(gate -> gate != Gate.PASSED).toList();

  /**
   * What the request would have cost without Quaestor: the requested model's cost, or that of the
   * best enabled model when the choice was left open.
   */
  private long baselineMicrocents() {
    int requested = input.requestedModelId();
    Candidates candidates = catalog.candidates();
    int index = requested == 0 ? bestEnabled(candidates) : candidates.indexOf(requested);
    return index < 0
        ? 0
        : Kernel.costMicrocents(candidates.get(index), input.inputTokens(), input.outputTokens());
  }

  private static int bestEnabled(Candidates candidates) {
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.get(i).enabled()) {
        return i; // candidates are ordered by falling quality
      }
    }
    return -1;
  }
}
