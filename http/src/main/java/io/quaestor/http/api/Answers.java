package io.quaestor.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quaestor.actors.tenant.TenantReply;
import io.quaestor.http.server.Json;
import io.quaestor.http.server.Responses;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Mode;
import io.quaestor.kernel.event.Version;
import io.quaestor.persistence.chain.Seal;
import java.io.IOException;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A sealed event as the client sees it. The answer is a function of the event and its seal alone,
 * so a repeated call is answered with the same bytes, read from the chain.
 */
final class Answers {

  private Answers() {}

  static Json.Writer of(TenantReply.Sealed sealed) {
    Seal seal = sealed.seal();
    return switch (sealed.event()) {
      case Event.DecisionMade decision -> object(out -> decision(out, decision, null), seal);
      case Event.OutcomeReported outcome -> object(out -> outcome(out, outcome), seal);
      case Event.Committed committed -> object(out -> committed(out, committed), seal);
      case Event.Released released -> object(out -> released(out, released), seal);
      case Event.Expired expired -> throw notAnAnswer(expired);
      case Event.DriftNoticed drift -> throw notAnAnswer(drift);
      case Event.TenantDefined defined -> object(out -> defined(out, defined), seal);
      case Event.ToppedUp toppedUp -> object(out -> toppedUp(out, toppedUp), seal);
      case Event.Reserved reserved -> throw notAnAnswer(reserved);
      case Event.Refused refused -> throw notAnAnswer(refused);
    };
  }

  static HttpResponse respond(TenantReply.Sealed answer) {
    return Responses.ok(of(answer));
  }

  /** A decision with what became of its reservation. */
  static Json.Writer decision(
      Event.DecisionMade decision, Seal seal, Event.@Nullable BudgetEvent ending) {
    return object(
        out -> {
          decision(out, decision, ending);
        },
        seal);
  }

  private static IllegalStateException notAnAnswer(Event event) {
    return new IllegalStateException(
        event.getClass().getSimpleName() + " is never an answer of its own");
  }

  private static Json.Writer object(Json.Writer members, Seal seal) {
    return out -> {
      out.writeStartObject();
      members.write(out);
      seal(out, seal);
      out.writeEndObject();
    };
  }

  static void seal(JsonGenerator out, Seal seal) throws IOException {
    out.writeObjectFieldStart("seal");
    out.writeStringField("node", seal.node());
    out.writeNumberField("seq", seal.seq());
    out.writeStringField("hash", seal.hash());
    out.writeStringField("prev", seal.prev());
    out.writeEndObject();
  }

  // ---- decisions -------------------------------------------------------------------------------

  private static void decision(
      JsonGenerator out, Event.DecisionMade decision, Event.@Nullable BudgetEvent ending)
      throws IOException {
    Event.Choice selected = decision.selected();
    out.writeStringField("decision_id", decision.id());
    out.writeStringField("tenant", decision.tenant());
    out.writeStringField("action", decision.action());
    out.writeStringField("reason", decision.reason());
    out.writeStringField("requested_model", decision.question().requestedModel());
    out.writeStringField("model", selected == null ? null : selected.model());
    out.writeStringField("provider", selected == null ? null : selected.provider());
    out.writeStringField("tier", selected == null ? null : selected.tier());
    out.writeStringField("use_case", decision.useCase());
    out.writeNumberField("quality_floor_bps", decision.floorBps());
    out.writeStringField("floor_source", decision.floorSource());
    LearningAnswer.decision(out, decision);
    if (selected != null) {
      Money.write(out, "estimated_cost", selected.costMicrocents());
    }
    Money.write(out, "baseline_cost", decision.baselineCostMicrocents());
    if (selected != null) {
      Money.write(out, "savings", decision.baselineCostMicrocents() - selected.costMicrocents());
    }
    counterfactual(out, decision.counterfactual());
    rejections(out, decision);
    reservation(out, decision.reserved(), ending);
    version(out, "policy", decision.policy());
    version(out, "catalog", decision.catalog());
    Money.write(out, decision.hold().budget());
  }

  private static void counterfactual(JsonGenerator out, Event.@Nullable Choice second)
      throws IOException {
    if (second == null) {
      out.writeNullField("counterfactual");
      return;
    }
    out.writeObjectFieldStart("counterfactual");
    out.writeStringField("model", second.model());
    out.writeNumberField("cost_microcents", second.costMicrocents());
    out.writeEndObject();
  }

  private static void rejections(JsonGenerator out, Event.DecisionMade decision)
      throws IOException {
    out.writeNumberField("eligible_models", decision.frontier().size());
    out.writeObjectFieldStart("rejections");
    for (var rejection : decision.rejections().entrySet()) {
      out.writeNumberField(rejection.getKey(), rejection.getValue());
    }
    out.writeEndObject();
  }

  private static void reservation(
      JsonGenerator out, Event.@Nullable Reserved reserved, Event.@Nullable BudgetEvent ending)
      throws IOException {
    if (reserved == null) {
      out.writeNullField("reservation");
      return;
    }
    out.writeObjectFieldStart("reservation");
    out.writeStringField("id", reserved.id());
    out.writeNumberField("amount_microcents", reserved.amountMicrocents());
    out.writeStringField("expires_at", reserved.expiresAt().toString());
    if (ending != null) {
      out.writeStringField("status", status(ending));
      if (ending instanceof Event.Committed committed) {
        Money.write(out, "actual_cost", committed.actualMicrocents());
      }
    }
    out.writeEndObject();
  }

  private static void version(JsonGenerator out, String name, Version version) throws IOException {
    out.writeObjectFieldStart(name);
    out.writeStringField("name", version.name());
    out.writeNumberField("version", version.version());
    out.writeStringField("digest", version.digest());
    out.writeEndObject();
  }

  // ---- settlements -----------------------------------------------------------------------------

  private static String status(Event.BudgetEvent ending) {
    return switch (ending) {
      case Event.Committed committed -> "committed";
      case Event.Released released -> "released";
      case Event.Expired expired -> "expired";
      default -> throw notAnAnswer(ending);
    };
  }

  private static void outcome(JsonGenerator out, Event.OutcomeReported outcome) throws IOException {
    out.writeStringField("decision_id", outcome.id());
    out.writeBooleanField("recorded", true);
    LearningAnswer.outcome(out, outcome.lesson());
    if (outcome.committed() != null) {
      out.writeObjectFieldStart("reservation");
      settlement(out, outcome.committed());
      out.writeEndObject();
      Money.write(out, outcome.committed().budget());
    } else {
      out.writeNullField("reservation");
    }
  }

  private static void committed(JsonGenerator out, Event.Committed committed) throws IOException {
    out.writeStringField("decision_id", committed.id());
    settlement(out, committed);
    Money.write(out, committed.budget());
  }

  private static void settlement(JsonGenerator out, Event.Committed committed) throws IOException {
    out.writeStringField("status", status(committed));
    out.writeNumberField("reserved_microcents", committed.reservedMicrocents());
    Money.write(out, "actual_cost", committed.actualMicrocents());
    out.writeBooleanField("overrun", committed.overrun());
    out.writeBooleanField("late", committed.late());
  }

  private static void released(JsonGenerator out, Event.Released released) throws IOException {
    out.writeStringField("decision_id", released.id());
    out.writeStringField("status", status(released));
    out.writeNumberField("released_microcents", released.amountMicrocents());
    out.writeStringField("reason", released.reason());
    Money.write(out, released.budget());
  }

  // ---- tenants ---------------------------------------------------------------------------------

  private static void defined(JsonGenerator out, Event.TenantDefined defined) throws IOException {
    out.writeStringField("tenant", defined.tenant());
    out.writeStringField("mode", mode(defined.mode()));
    out.writeObjectFieldStart("budget");
    Money.members(out, defined.budget());
    budgetSettings(out, defined.reservedMaxMicrocents());
    out.writeEndObject();
  }

  private static void toppedUp(JsonGenerator out, Event.ToppedUp toppedUp) throws IOException {
    out.writeStringField("tenant", toppedUp.tenant());
    out.writeNumberField("amount_microcents", toppedUp.amountMicrocents());
    Money.write(out, toppedUp.budget());
  }

  static Json.Writer view(TenantReply.View view) {
    return out -> {
      out.writeStartObject();
      out.writeStringField("tenant", view.tenant());
      out.writeStringField("mode", mode(view.mode()));
      out.writeObjectFieldStart("budget");
      Money.members(out, view.budget());
      budgetSettings(out, view.reservedMaxMicrocents());
      out.writeEndObject();
      out.writeBooleanField("blocked", view.blocked());
      out.writeNumberField("open_reservations", view.openReservations());
      out.writeEndObject();
    };
  }

  private static void budgetSettings(JsonGenerator out, long reservedMaxMicrocents)
      throws IOException {
    if (reservedMaxMicrocents != Long.MAX_VALUE) {
      out.writeNumberField("reserved_max_microcents", reservedMaxMicrocents);
    }
    out.writeStringField("window", "none");
  }

  private static String mode(Mode mode) {
    return switch (mode) {
      case ENFORCE -> "enforce";
    };
  }
}
