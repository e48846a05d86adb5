package io.quaestor.kernel.tenant;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Model;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.catalog.Registry.VersionedPolicy;
import io.quaestor.kernel.decision.Action;
import io.quaestor.kernel.decision.Candidate;
import io.quaestor.kernel.decision.Candidates;
import io.quaestor.kernel.decision.Decision;
import io.quaestor.kernel.decision.Gate;
import io.quaestor.kernel.decision.Input;
import io.quaestor.kernel.decision.Kernel;
import io.quaestor.kernel.decision.Limits;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.BudgetEvent;
import io.quaestor.kernel.event.Event.Choice;
import io.quaestor.kernel.event.Event.Option;
import io.quaestor.kernel.learning.Advice;
import io.quaestor.kernel.learning.Regimes;
import io.quaestor.kernel.learning.TenantLearning;
import io.quaestor.kernel.ledger.LedgerCommand;
import io.quaestor.kernel.ledger.Ruling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One demand on its way through the kernel: the request in numbers becomes the kernel's input, and
 * the kernel's decision becomes the event. The one path of a live call and of a replayed one.
 */
public final class Routing {

  private static final ThreadLocal<Decision> BUFFER =
      ThreadLocal.withInitial(() -> new Decision(0));

  private final Demand demand;
  private final VersionedPolicy policy;
  private final CompiledCatalog catalog;
  private final Input input;
  private final Floor floor;
  private final Value value;
  private final @Nullable Tuition tuition;

  /** A request that can be decided, or why it cannot. */
  sealed interface Prepared {
    record Ready(Routing routing) implements Prepared {}

    record Refused(TenantRefusal why) implements Prepared {}
  }

  private Routing(
      Demand demand,
      VersionedPolicy policy,
      CompiledCatalog catalog,
      Floor floor,
      Value value,
      Input input,
      @Nullable Tuition tuition) {
    this.demand = demand;
    this.policy = policy;
    this.catalog = catalog;
    this.floor = floor;
    this.value = value;
    this.input = input;
    this.tuition = tuition;
  }

  // ---- from the client's words to the kernel's input -------------------------------------------

  static Prepared prepare(
      TenantCommand.Route call, DecisionTerms terms, TenantState state, long reservable) {
    CompiledCatalog catalog = terms.catalog(call.catalog());
    if (catalog == null) {
      return new Prepared.Refused(
          new TenantRefusal.UnknownCatalog(Objects.requireNonNull(call.catalog())));
    }
    TenantRefusal refusal = unknownNames(call, catalog);
    if (refusal != null) {
      return new Prepared.Refused(refusal);
    }
    VersionedPolicy policy = terms.policyInForce();
    Demand demand = Demand.asked(call, policy.policy(), catalog);
    refusal = wrongDimensions(demand, policy, catalog, state.learning());
    if (refusal != null) {
      return new Prepared.Refused(refusal);
    }
    Known known = new Known(state.ledger().tenant(), reservable, state.learning(), terms.regimes());
    return new Prepared.Ready(of(demand, policy, catalog, known));
  }

  private static @Nullable TenantRefusal wrongDimensions(
      Demand demand, VersionedPolicy policy, CompiledCatalog catalog, TenantLearning learning) {
    int given = demand.featuresMicro().size();
    if (given == 0 || policy.policy().learning() == null) {
      return null;
    }
    int expected = learning.useCase(catalog.catalog().name(), demand.useCase()).dimensions();
    return expected == 0 || expected == given
        ? null
        : new TenantRefusal.WrongDimensions(demand.useCase(), expected, given);
  }

  private static @Nullable TenantRefusal unknownNames(
      TenantCommand.Route call, CompiledCatalog catalog) {
    TenantRefusal refusal = unknownModel(call.model(), catalog);
    if (refusal != null) {
      return refusal;
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

  /** Why a model cannot be asked for, or null when it can. */
  public static @Nullable TenantRefusal unknownModel(String model, CompiledCatalog catalog) {
    if (model.equals(TenantCommand.AUTO)) {
      return null;
    }
    int modelId = catalog.modelId(model);
    if (modelId == 0) {
      return new TenantRefusal.UnknownModel(model, catalog.catalog().name());
    }
    return catalog.model(modelId).price() == null ? new TenantRefusal.UnpricedModel(model) : null;
  }

  /**
   * @param known what is known beside the demand
   * @throws IllegalArgumentException when a number of the demand is out of its range
   */
  public static Routing of(
      Demand demand, VersionedPolicy policy, CompiledCatalog catalog, Known known) {
    Advice advice =
        Advice.of(
            known.tenant(),
            known.learning(),
            known.regimes(),
            policy,
            catalog,
            demand.traits(known.tenant()));
    Floor floor = Floor.of(demand, policy.policy());
    if (advice == null) {
      return of(demand, policy, catalog, floor, known.reservableMicrocents(), null);
    }
    Quotes quotes =
        quotes(demand, policy.policy(), catalog, floor.bps(), known.reservableMicrocents());
    Tuition tuition = Tuition.of(advice, demand, floor, quotes, catalog);
    return of(demand, policy, catalog, tuition.floor(), known.reservableMicrocents(), tuition);
  }

  /**
   * What a decision is made on beside the demand.
   *
   * @param reservableMicrocents what the tenant's ledger could hold before this decision
   */
  public record Known(
      String tenant, long reservableMicrocents, TenantLearning learning, Regimes regimes) {}

  private static Routing of(
      Demand demand,
      VersionedPolicy policy,
      CompiledCatalog catalog,
      Floor floor,
      long reservable,
      @Nullable Tuition tuition) {
    Value value = value(demand, policy.policy(), catalog, floor, reservable, tuition);
    Input input = input(demand, catalog, floor, reservable, value.microcents());
    return new Routing(demand, policy, catalog, floor, value, input, tuition);
  }

  private static Value value(
      Demand demand,
      Policy policy,
      CompiledCatalog catalog,
      Floor floor,
      long reservable,
      @Nullable Tuition tuition) {
    if (demand.valueMicrocents() != null) {
      return Value.ofClient(demand.valueMicrocents());
    }
    if (tuition == null || tuition.choice() == null) {
      return firstValue(demand, policy, catalog, catalog.candidates(), floor, reservable);
    }
    // The value has to be enough for the chosen tier, if it reaches a floor that was raised.
    Candidates chosen = catalog.tiers().get(tuition.choice().tier()).candidates();
    Value first = firstValue(demand, policy, catalog, chosen, floor, reservable);
    return (first.microcents() > 0
            ? first
            : firstValue(demand, policy, catalog, catalog.candidates(), floor, reservable))
        .orLearned(tuition.priceMicrocents());
  }

  private static Quotes quotes(
      Demand demand, Policy policy, CompiledCatalog catalog, int firstFloor, long reservable) {
    Floor least = new Floor(Objects.requireNonNullElse(demand.floorBps(), 0), "");
    Decision decision = buffer(catalog);
    Kernel.decide(
        limits(policy),
        catalog.candidates(),
        input(demand, catalog, least, reservable, 0),
        decision);
    Quotes quotes = Quotes.of(catalog, decision, firstFloor);
    return demand.valueMicrocents() != null
        ? atClientsValue(quotes, demand, policy, catalog, least, reservable)
        : atAnyValue(quotes, demand, policy, catalog, least, reservable);
  }

  private static Quotes atClientsValue(
      Quotes quotes,
      Demand demand,
      Policy policy,
      CompiledCatalog catalog,
      Floor least,
      long reservable) {
    long value = Objects.requireNonNull(demand.valueMicrocents());
    Decision decision = buffer(catalog);
    Kernel.decide(
        limits(policy),
        catalog.candidates(),
        input(demand, catalog, least, reservable, value),
        decision);
    return quotes.worthwhile(catalog, decision);
  }

  /** Risk may outweigh a tier's quality, so that no value is enough. */
  private static Quotes atAnyValue(
      Quotes quotes,
      Demand demand,
      Policy policy,
      CompiledCatalog catalog,
      Floor least,
      long reservable) {
    Quotes left = quotes;
    for (int t = 0; t < catalog.tiers().size(); t++) {
      Candidates own = catalog.tiers().get(t).candidates();
      Input input = input(demand, catalog, least, reservable, 0);
      if (Kernel.breakEvenValue(limits(policy), own, input) < 0) {
        left = left.without(t);
      }
    }
    return left;
  }

  private static Value firstValue(
      Demand demand,
      Policy policy,
      CompiledCatalog catalog,
      Candidates among,
      Floor floor,
      long reservable) {
    Input unvalued = input(demand, catalog, floor, reservable, 0);
    long least = Kernel.breakEvenValue(limits(policy), among, unvalued);
    return Value.ofFloor(least, policy.valueMultipleBps());
  }

  private static Input input(
      Demand demand, CompiledCatalog catalog, Floor floor, long reservable, long value) {
    return new Input(
        catalog.modelId(demand.model()),
        demand.inputTokens(),
        demand.outputTokens(),
        demand.outputTokensMax(),
        value,
        reservable,
        demand.riskBps(),
        demand.confidenceBps(),
        floor.bps(),
        demand.maxLatencyMs(),
        demand.requiredCapabilities(),
        demand.allowedProviders(),
        demand.requiredRegions());
  }

  private static Limits limits(Policy policy) {
    return new Limits(
        policy.hardRiskLimitBps(),
        policy.minimumConfidenceBps(),
        policy.riskMultiplierBps(),
        policy.latencyPenaltyMicrocentsPerMs());
  }

  // ---- from the kernel's decision to the event -------------------------------------------------

  /** Runs the kernel. The result is this thread's buffer: read it before the next decision. */
  public Decision decide() {
    Decision decision = buffer(catalog);
    Kernel.decide(limits(policy.policy()), catalog.candidates(), input, decision);
    if (tuition != null && tuition.choice() != null) {
      CompiledCatalog.Tier chosen = catalog.tiers().get(tuition.choice().tier());
      Kernel.prefer(catalog.candidates(), input, chosen.members(), decision);
    }
    return decision;
  }

  private static Decision buffer(CompiledCatalog catalog) {
    Decision buffer = BUFFER.get();
    if (buffer.capacity() < catalog.candidates().size()) {
      buffer = new Decision(catalog.candidates().size());
      BUFFER.set(buffer);
    }
    return buffer;
  }

  /** What the ledger is asked to do about a decision. */
  public LedgerCommand hold(Decision decision, Instant now) {
    return decision.action() == Action.REJECT
        ? new LedgerCommand.Refuse(demand.key(), demand.id())
        : new LedgerCommand.Reserve(
            demand.key(),
            demand.id(),
            decision.costBoundMicrocents(),
            now.plusMillis(policy.policy().reservationTtlMillis()),
            Objects.requireNonNull(catalog.model(decision.selectedModelId()).price()));
  }

  /** The decision as it is recorded, with what the ledger did about it. */
  public Event.DecisionMade event(Ruling.Recorded held, Decision decision) {
    BudgetEvent hold = held.events().getLast();
    if (decision.action() != Action.REJECT && !(hold instanceof Event.Reserved)) {
      throw new IllegalStateException("the kernel selected a model that the ledger cannot hold");
    }
    return event(
        hold instanceof Event.Reserved reserved ? reserved : null,
        hold instanceof Event.Refused refused ? refused : null,
        decision);
  }

  private Event.DecisionMade event(
      Event.@Nullable Reserved reserved, Event.@Nullable Refused refused, Decision decision) {
    return new Event.DecisionMade(
        reserved,
        refused,
        decision.action().wireName(),
        decision.reason().wireName(),
        demand.useCase(),
        demand.requestSha256(),
        policy.version(),
        catalog.version(),
        question(),
        floor.bps(),
        floor.source(),
        tuition == null ? null : tuition.regime(),
        baselineMicrocents(),
        choice(decision, decision.selectedIndex()),
        choice(decision, decision.counterfactualIndex()),
        frontier(decision),
        rejections(decision),
        tuition == null ? null : tuition.learned());
  }

  private Event.Question question() {
    return new Event.Question(
        demand.model(),
        input.inputTokens(),
        input.outputTokens(),
        input.outputTokensMax(),
        input.businessValueMicrocents(),
        value.source(),
        input.budgetLimitMicrocents(),
        input.riskBps(),
        input.confidenceBps(),
        input.maxP95LatencyMs(),
        input.requiredCapabilities(),
        input.allowedProviders(),
        input.requiredRegions(),
        demand.difficultyBps(),
        demand.featuresMicro().isEmpty() ? null : demand.featuresMicro());
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
