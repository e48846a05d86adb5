package io.quaestor.kernel.event;

import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event is a fact that has been sealed into a node's chain. This file is the whole family; its
 * record names are the {@code type} of a chain record, its components (in snake case) the members
 * of {@code event}. Money is in microcents, shares in basis points; there is no floating point.
 */
public sealed interface Event {

  /** A fact about one tenant, in that tenant's own order. */
  sealed interface TenantEvent extends Event {
    String tenant();

    /** When the tenant's entity decided it, in microseconds. */
    Instant at();

    /** The call that caused it, when the client named one. */
    @Nullable IdempotencyKey key();
  }

  /** A change (or a refused change) of a budget; carries the budget after it. */
  sealed interface BudgetEvent extends TenantEvent {
    Budget budget();
  }

  /** The reservation that this event ended, if it ended one. */
  static @Nullable BudgetEvent ending(Event event) {
    return switch (event) {
      case Committed committed -> committed;
      case Released released -> released;
      case Expired expired -> expired;
      case OutcomeReported outcome -> outcome.committed();
      case DriftNoticed unused -> null;
      case TenantDefined unused -> null;
      case ToppedUp unused -> null;
      case Reserved unused -> null;
      case Refused unused -> null;
      case DecisionMade unused -> null;
      case RegistryEvent unused -> null;
      case NodeEvent unused -> null;
    };
  }

  // ---- budget ----------------------------------------------------------------------------------

  /** The tenant exists, or its settings changed; its initial budget is now as stated. */
  record TenantDefined(
      String tenant,
      Instant at,
      @Nullable IdempotencyKey key,
      Mode mode,
      long reservedMaxMicrocents,
      Budget budget)
      implements BudgetEvent {}

  record ToppedUp(
      String tenant, Instant at, @Nullable IdempotencyKey key, long amountMicrocents, Budget budget)
      implements BudgetEvent {}

  /**
   * Money is held for a decision. {@code id} names the decision and its reservation alike.
   *
   * @param price what the chosen model costs, so that a reported usage can be settled exactly
   */
  record Reserved(
      String tenant,
      Instant at,
      @Nullable IdempotencyKey key,
      String id,
      long amountMicrocents,
      Instant expiresAt,
      Price price,
      Budget budget)
      implements BudgetEvent {}

  /** No money was held; remembered, so that a retry cannot turn a refusal into a success. */
  record Refused(String tenant, Instant at, @Nullable IdempotencyKey key, String id, Budget budget)
      implements BudgetEvent {}

  /**
   * A reservation became a cost.
   *
   * @param overrun the cost was above the reservation; the excess was drawn from what remained
   * @param late the reservation had expired; all of the cost was drawn from what remained
   */
  record Committed(
      String tenant,
      Instant at,
      @Nullable IdempotencyKey key,
      String id,
      long reservedMicrocents,
      long actualMicrocents,
      boolean overrun,
      boolean late,
      Budget budget)
      implements BudgetEvent {}

  record Released(
      String tenant,
      Instant at,
      @Nullable IdempotencyKey key,
      String id,
      long amountMicrocents,
      String reason,
      Budget budget)
      implements BudgetEvent {}

  record Expired(String tenant, Instant at, String id, long amountMicrocents, Budget budget)
      implements BudgetEvent {
    @Override
    public @Nullable IdempotencyKey key() {
      return null;
    }
  }

  // ---- decisions -------------------------------------------------------------------------------

  /**
   * The answer to one route call, with everything it was decided from: given the policy and the
   * catalog of these digests, the kernel comes to the same answer again.
   *
   * @param reserved the hold, when a model was selected; else {@code refused} is set
   * @param regime the class of input, null under a policy that does not learn
   * @param learned what was learned before that had a say, null under a policy that does not learn
   */
  record DecisionMade(
      @Nullable Reserved reserved,
      @Nullable Refused refused,
      String action,
      String reason,
      String useCase,
      String requestSha256,
      Version policy,
      Version catalog,
      Question question,
      int floorBps,
      String floorSource,
      @Nullable Integer regime,
      long baselineCostMicrocents,
      @Nullable Choice selected,
      @Nullable Choice counterfactual,
      List<Option> frontier,
      Map<String, Integer> rejections,
      @Nullable Learned learned)
      implements TenantEvent {

    public DecisionMade {
      if ((reserved == null) == (refused == null)) {
        throw new IllegalArgumentException("a decision either holds money or is refused");
      }
    }

    /** The half that changes the budget. */
    public BudgetEvent hold() {
      return reserved != null ? reserved : Objects.requireNonNull(refused);
    }

    public String id() {
      return reserved != null ? reserved.id() : Objects.requireNonNull(refused).id();
    }

    @Override
    public String tenant() {
      return hold().tenant();
    }

    @Override
    public Instant at() {
      return hold().at();
    }

    public boolean rejected() {
      return refused != null;
    }

    @Override
    public @Nullable IdempotencyKey key() {
      return hold().key();
    }
  }

  /**
   * What the kernel was asked, as numbers.
   *
   * @param requestedModel the model the client named, or {@code auto}
   * @param outputTokensMax bounds the reservation; at least {@code outputTokens}, the expectation
   * @param valueSource {@code client}, {@code floor} when derived from the quality floor, or {@code
   *     learned} when it is the price of quality
   * @param budgetLimitMicrocents what could be reserved when it was decided
   * @param difficultyBps the predicted difficulty, when the client stated one
   * @param featuresMicro the numbers that describe the request, in millionths, when there are any
   */
  record Question(
      String requestedModel,
      long inputTokens,
      long outputTokens,
      long outputTokensMax,
      long businessValueMicrocents,
      String valueSource,
      long budgetLimitMicrocents,
      int riskBps,
      int confidenceBps,
      int maxLatencyMs,
      long requiredCapabilities,
      long allowedProviders,
      long requiredRegions,
      @Nullable Integer difficultyBps,
      @Nullable List<Long> featuresMicro) {}

  /** An eligible candidate as the kernel saw it; the catalog of the decision has the rest. */
  record Option(String model, int qualityBps, long costMicrocents, long utility) {}

  /** The candidate that was selected, or would have been. */
  record Choice(
      String model,
      String provider,
      String tier,
      int qualityBps,
      long costMicrocents,
      long boundMicrocents,
      long utility) {}

  /**
   * What had been learned when a decision was made, so that its choice can be drawn again.
   *
   * @param position the chain's number up to which the regimes' statistics were folded
   * @param anomaly what was anomalous about the request, if anything was
   * @param priceMicrocents what a success was worth: learned, or the first value
   * @param poll how the tier was chosen; null when the client or the first day set the floor
   */
  record Learned(
      long position, @Nullable Anomaly anomaly, long priceMicrocents, @Nullable Poll poll) {}

  /**
   * @param trait {@code magnitude}, or a feature as in {@code features[3]}
   * @param zMilli its distance from the regime's mean, in thousandths of a standard deviation
   */
  record Anomaly(String trait, int zMilli) {}

  /**
   * A vote among vectors of success rates that were drawn from the posterior.
   *
   * @param version of the tenant's own part of the posterior: the outcomes it has learned from
   * @param seed of the vectors
   * @param draw the vote that counts, from 0, in the order of the ballots
   */
  record Poll(long version, long seed, int draw, List<Ballot> ballots) {}

  /**
   * A tier that was voted on.
   *
   * @param rateBps the expected rate of success, the posterior's mean
   * @param expenseMicrocents what its cheapest eligible candidate costs, delay included
   */
  record Ballot(String tier, int rateBps, long expenseMicrocents, int votes) {}

  /**
   * What the caller reported afterwards about a decision.
   *
   * @param committed the settlement, when the report stated a cost or a usage and the reservation
   *     had not been settled before
   * @param lesson what is learned from it; null when it teaches nothing
   */
  record OutcomeReported(
      String tenant,
      Instant at,
      @Nullable IdempotencyKey key,
      String id,
      @Nullable Boolean success,
      @Nullable Integer scoreBps,
      @Nullable Usage usage,
      @Nullable Long actualCostMicrocents,
      @Nullable Long latencyMs,
      @Nullable Committed committed,
      @Nullable Lesson lesson)
      implements TenantEvent {

    /** The success it reports, in basis points; null when it does not say how it went. */
    public @Nullable Integer score() {
      return score(success, scoreBps);
    }

    /** A score says more than a success. */
    public static @Nullable Integer score(@Nullable Boolean success, @Nullable Integer scoreBps) {
      return scoreBps != null || success == null ? scoreBps : Integer.valueOf(success ? 10_000 : 0);
    }
  }

  /**
   * What an outcome teaches: where it belongs, and what it moves.
   *
   * @param policy what it was learned under
   * @param scoreBps the success it counts for
   * @param halfLife outcomes after which an earlier one counts half; 0 = for ever
   * @param price the price of quality after it; null when the client had set the floor
   */
  record Lesson(
      Version policy,
      String useCase,
      String catalog,
      int regime,
      String tier,
      String model,
      String provider,
      int scoreBps,
      int halfLife,
      @Nullable PriceMove price) {}

  /**
   * The price of quality after an outcome.
   *
   * @param logMicro its natural logarithm in millionths, between {@code minLogMicro} and {@code
   *     maxLogMicro}
   */
  record PriceMove(long microcents, long logMicro, long minLogMicro, long maxLogMicro) {}

  /**
   * The outcomes of a tier have left what was expected of it. Recorded before the outcome that
   * shows it; earlier outcomes of the tier count for less from here on.
   *
   * @param id the decision whose outcome shows it
   * @param direction {@code better} or {@code worse}
   * @param expectedBps the rate of success that was expected
   * @param keptBps what earlier outcomes still count for
   */
  record DriftNoticed(
      String tenant,
      Instant at,
      String id,
      String useCase,
      String catalog,
      String tier,
      String direction,
      int expectedBps,
      int keptBps)
      implements TenantEvent {
    @Override
    public @Nullable IdempotencyKey key() {
      return null;
    }
  }

  // ---- registry --------------------------------------------------------------------------------

  /** A fact about the catalogs and policies in force. */
  sealed interface RegistryEvent extends Event {}

  record CatalogPut(Version version, Instant at, Catalog catalog) implements RegistryEvent {}

  record PolicyPut(Version version, Instant at, Policy policy) implements RegistryEvent {}

  // ---- node ------------------------------------------------------------------------------------

  /** A fact about the node that writes the chain. */
  sealed interface NodeEvent extends Event {}

  record NodeStarted(String version, long verifiedRecords) implements NodeEvent {}

  record NodeStopped(String reason) implements NodeEvent {}

  /** The end of the last segment was torn by a crash and has been moved aside. */
  record TailRepaired(String segment, long offset, long bytes, String movedTo)
      implements NodeEvent {}

  /** Events of an entity up to this number are no longer replayed; the records stay. */
  record EventsDeleted(String entity, long toEseq) implements NodeEvent {}

  /**
   * From this record on the node's checkpoints are signed with this key.
   *
   * @param vkey a C2SP signed-note verifier key; its name is the origin of the checkpoints
   */
  record KeyAdopted(String vkey) implements NodeEvent {}

  /** From this record on the node's checkpoints are also kept in this place outside of it. */
  record AnchorAdopted(String anchor) implements NodeEvent {}

  /** A snapshot outside the chain, bound to it by its digest. */
  record SnapshotSaved(String entity, long eseq, String sha256) implements NodeEvent {}
}
