package io.quaestor.kernel.tenant;

import io.quaestor.kernel.decision.Decision;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.TenantEvent;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Mode;
import io.quaestor.kernel.learning.Advice;
import io.quaestor.kernel.learning.Awaited;
import io.quaestor.kernel.ledger.Ledger;
import io.quaestor.kernel.ledger.LedgerCommand;
import io.quaestor.kernel.ledger.Reservation;
import io.quaestor.kernel.ledger.Ruling;
import io.quaestor.kernel.tenant.Verdict.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tenant's decider: one command against one state gives the events to record and the answer.
 * Pure; the actor around it only brings messages in and answers out.
 *
 * <p>Reservations whose time is up are ended by {@link #expire}, before a batch of commands is
 * decided, so that no decision misses money that is held for nobody.
 */
public final class TenantDecider {

  /**
   * Most expiries at a time. After a long stop a million may be due; one write must stay small, and
   * what ends in it must still be in memory when it is sealed. The rest follows at once.
   */
  public static final int EXPIRIES_MAX = 512;

  private final DecisionTerms terms;
  private final Instant now;
  private TenantState state;
  private final List<Step> steps = new ArrayList<>(2);

  private TenantDecider(TenantState state, DecisionTerms terms, Instant now) {
    this.state = state;
    this.terms = terms;
    this.now = now;
  }

  /**
   * @param recalled what the chain knows of the decision that the command names, when the state has
   *     forgotten it
   */
  public static Verdict decide(
      TenantState state,
      TenantCommand command,
      @Nullable Recalled recalled,
      DecisionTerms terms,
      Instant now) {
    TenantDecider decider = new TenantDecider(state, terms, now);
    Verdict.Answer answer = decider.answer(command, recalled);
    return new Verdict(decider.steps, answer);
  }

  /** The expiries that are due at {@code now}. */
  public static List<Step> expire(TenantState state, DecisionTerms terms, Instant now) {
    TenantDecider decider = new TenantDecider(state, terms, now);
    decider.expireDue();
    return decider.steps;
  }

  private void expireDue() {
    if (Ledger.decide(state.ledger(), new LedgerCommand.ExpireDue(EXPIRIES_MAX), now)
        instanceof Ruling.Recorded due) {
      due.events().forEach(this::record);
    }
  }

  private Verdict.Answer answer(TenantCommand command, @Nullable Recalled recalled) {
    boolean creates =
        command instanceof TenantCommand.Define
            || (command instanceof TenantCommand.Route && terms.createsTenants());
    if (!state.defined() && !creates) {
      return denied(new TenantRefusal.UnknownTenant(state.ledger().tenant()));
    }
    Recalled own = ownOnly(recalled);
    return switch (command) {
      case TenantCommand.Route route -> route(route);
      case TenantCommand.Commit commit ->
          settle(
              commit.id(),
              own,
              known -> new LedgerCommand.Commit(commit.key(), commit.id(), commit.cost(), known));
      case TenantCommand.Release release ->
          settle(
              release.id(),
              own,
              known ->
                  new LedgerCommand.Release(release.key(), release.id(), release.reason(), known));
      case TenantCommand.ReportOutcome outcome -> report(outcome, own);
      case TenantCommand.Define define -> define(define);
      case TenantCommand.TopUp topUp ->
          ruled(new LedgerCommand.TopUp(topUp.key(), topUp.amountMicrocents()));
    };
  }

  // ---- route -----------------------------------------------------------------------------------

  private Verdict.Answer route(TenantCommand.Route call) {
    Verdict.Answer known = known(call.key());
    if (known != null) {
      return known;
    }
    long reservable =
        state.defined() ? state.ledger().reservableMicrocents() : terms.newTenantMicrocents();
    return switch (Routing.prepare(call, terms, state, reservable)) {
      case Routing.Prepared.Refused refused -> denied(refused.why());
      case Routing.Prepared.Ready ready -> {
        createIfNew();
        yield route(ready.routing());
      }
    };
  }

  private Verdict.Answer route(Routing routing) {
    Decision decision = routing.decide();
    return switch (Ledger.decide(state.ledger(), routing.hold(decision, now), now)) {
      case Ruling.Recorded held -> record(routing.event(held, decision));
      case Ruling.Repeated repeated -> new Verdict.Repeated(repeated.version());
      case Ruling.Refusal refusal -> denied(new TenantRefusal.ByLedger(refusal));
    };
  }

  // ---- settle and report -----------------------------------------------------------------------

  private interface Settlement {
    LedgerCommand of(@Nullable Reservation recalled);
  }

  private Verdict.Answer settle(String id, @Nullable Recalled recalled, Settlement settlement) {
    if (recalled != null && recalled.decision().rejected()) {
      return denied(new TenantRefusal.DecisionWasRejected(id));
    }
    return ruled(settlement.of(recalled == null ? null : recalled.reservation()));
  }

  private Verdict.Answer report(TenantCommand.ReportOutcome outcome, @Nullable Recalled recalled) {
    Verdict.Answer known = known(outcome.key());
    if (known != null) {
      return known;
    }
    if (recalled != null && recalled.decision().rejected()) {
      return denied(new TenantRefusal.DecisionWasRejected(outcome.id()));
    }
    if (recalled == null && state.ledger().reservations().find(outcome.id()) == null) {
      return denied(new TenantRefusal.UnknownDecision(outcome.id()));
    }
    Event.Lesson lesson = lesson(outcome, recalled);
    LedgerCommand.Cost cost =
        LedgerCommand.Cost.reported(outcome.actualCostMicrocents(), outcome.usage());
    if (cost == null) {
      return report(outcome, null, lesson);
    }
    Reservation forgotten = recalled == null ? null : recalled.reservation();
    LedgerCommand commit = new LedgerCommand.Commit(null, outcome.id(), cost, forgotten);
    return switch (Ledger.decide(state.ledger(), commit, now)) {
      case Ruling.Recorded recorded ->
          report(outcome, (Event.Committed) recorded.events().getLast(), lesson);
      // What was settled before stays settled; the report is still worth recording.
      case Ruling.AlreadyCommitted unused -> report(outcome, null, lesson);
      case Ruling.AlreadyReleased unused -> report(outcome, null, lesson);
      case Ruling.Refusal refusal -> denied(new TenantRefusal.ByLedger(refusal));
      case Ruling.Repeated repeated -> new Verdict.Repeated(repeated.version());
    };
  }

  /** What an outcome teaches; the first that says how it went does, later ones are recorded. */
  private Event.@Nullable Lesson lesson(
      TenantCommand.ReportOutcome outcome, @Nullable Recalled recalled) {
    Integer score = outcome.score();
    Awaited decision = state.learning().awaited(outcome.id());
    if (decision == null && recalled != null && !recalled.taught()) {
      decision = Awaited.of(recalled.decision());
    }
    return score == null || decision == null
        ? null
        : Advice.lesson(state.learning(), decision, score, terms.policyInForce());
  }

  /** An event says first that a tier has changed, so that the outcome counts from there. */
  private Verdict.Answer report(
      TenantCommand.ReportOutcome outcome,
      Event.@Nullable Committed committed,
      Event.@Nullable Lesson lesson) {
    if (lesson != null) {
      Event.DriftNoticed drift =
          Advice.drift(
              state.learning(),
              state.ledger().tenant(),
              now,
              outcome.id(),
              lesson,
              terms.policyInForce());
      if (drift != null) {
        record(drift);
      }
    }
    return record(reported(outcome, committed, lesson));
  }

  private Event.OutcomeReported reported(
      TenantCommand.ReportOutcome outcome,
      Event.@Nullable Committed committed,
      Event.@Nullable Lesson lesson) {
    return new Event.OutcomeReported(
        state.ledger().tenant(),
        now,
        outcome.key(),
        outcome.id(),
        outcome.success(),
        outcome.scoreBps(),
        outcome.usage(),
        outcome.actualCostMicrocents(),
        outcome.latencyMs(),
        committed,
        lesson);
  }

  /** A decision of another tenant is as unknown as one that was never made. */
  private @Nullable Recalled ownOnly(@Nullable Recalled recalled) {
    return recalled != null && recalled.decision().tenant().equals(state.ledger().tenant())
        ? recalled
        : null;
  }

  // ---- tenants ---------------------------------------------------------------------------------

  private Verdict.Answer define(TenantCommand.Define define) {
    Ledger ledger = state.ledger();
    long initial =
        state.defined()
            ? ledger.budget().initialMicrocents()
            : Math.max(0, terms.newTenantMicrocents());
    return ruled(
        new LedgerCommand.Define(
            define.key(),
            Objects.requireNonNullElse(define.mode(), state.mode()),
            Objects.requireNonNullElse(define.initialMicrocents(), initial),
            Objects.requireNonNullElse(
                define.reservedMaxMicrocents(), ledger.reservedMaxMicrocents())));
  }

  /** Defines a tenant that is met for the first time. */
  private void createIfNew() {
    if (!state.defined()) {
      ruled(
          new LedgerCommand.Define(
              null, Mode.ENFORCE, terms.newTenantMicrocents(), Long.MAX_VALUE));
    }
  }

  // ---- shared ----------------------------------------------------------------------------------

  private Verdict.@Nullable Answer known(@Nullable IdempotencyKey key) {
    return switch (key == null ? null : state.ledger().known(key, now)) {
      case null -> null;
      case Ruling.Repeated repeated -> new Verdict.Repeated(repeated.version());
      case Ruling.Refusal refusal -> denied(new TenantRefusal.ByLedger(refusal));
      case Ruling.Recorded recorded -> throw new IllegalStateException("a known call records");
    };
  }

  private Verdict.Answer ruled(LedgerCommand command) {
    return switch (Ledger.decide(state.ledger(), command, now)) {
      case Ruling.Recorded recorded -> {
        recorded.events().forEach(this::record);
        yield new Verdict.Recorded();
      }
      case Ruling.Repeated repeated -> new Verdict.Repeated(repeated.version());
      case Ruling.Refusal refusal -> denied(new TenantRefusal.ByLedger(refusal));
    };
  }

  private Verdict.Answer record(TenantEvent event) {
    state = state.evolve(event);
    steps.add(new Step(event, state));
    return new Verdict.Recorded();
  }

  private static Verdict.Answer denied(TenantRefusal refusal) {
    return new Verdict.Denied(refusal);
  }
}
