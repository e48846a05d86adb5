package io.quaestor.http.api;

import io.quaestor.actors.tenant.TenantReply;
import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.Responses;
import io.quaestor.kernel.ledger.Ruling;
import io.quaestor.kernel.tenant.TenantRefusal;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The one place where refusals get their status and code. */
final class Refusals {

  private static final int RETRY_SECONDS = 1;
  private static final int RETRY_STORAGE_SECONDS = 30;

  private Refusals() {}

  /** The answer to a reply; {@code sealed} writes those that were recorded. */
  static HttpResponse respond(
      TenantReply reply, Function<TenantReply.Sealed, HttpResponse> sealed) {
    return switch (reply) {
      case TenantReply.Sealed recorded -> sealed.apply(recorded);
      case TenantReply.View view when view.defined() -> Responses.ok(Answers.view(view));
      default -> Responses.error(error(reply));
    };
  }

  static ApiError error(TenantReply reply) {
    return switch (reply) {
      case TenantReply.Denied denied -> error(denied.refusal());
      case TenantReply.View view -> error(new TenantRefusal.UnknownTenant(view.tenant()));
      case TenantReply.Busy busy ->
          ApiError.unavailable(
              "tenant_busy",
              "Too many calls of this tenant are waiting; nothing was done.",
              RETRY_SECONDS);
      case TenantReply.NoRoom full -> noRoom();
      case TenantReply.Indeterminate indeterminate ->
          ApiError.unavailable(
              "audit_unavailable",
              "Storing failed; the call may have been recorded. Repeat it with the same"
                  + " Idempotency-Key.",
              RETRY_SECONDS);
      case TenantReply.Sealed sealed -> throw new IllegalArgumentException("not an error");
    };
  }

  static ApiError noRoom() {
    return ApiError.unavailable(
        "audit_unavailable",
        "The node's disk is too full to seal this; nothing was done. Free space in its data"
            + " directory.",
        RETRY_STORAGE_SECONDS);
  }

  private static ApiError error(TenantRefusal refusal) {
    return switch (refusal) {
      case TenantRefusal.UnknownTenant unknown ->
          ApiError.notFound(
              "unknown_tenant",
              "tenant",
              "There is no tenant '%s'; create it with PUT /api/v1/tenants/%s."
                  .formatted(unknown.tenant(), unknown.tenant()));
      case TenantRefusal.UnknownCatalog unknown ->
          ApiError.invalid(
              "unknown_catalog",
              "catalog",
              "There is no catalog '%s'; GET /api/v1/catalogs lists them."
                  .formatted(unknown.catalog()));
      case TenantRefusal.UnknownModel unknown ->
          ApiError.invalid(
              "unknown_model",
              "model",
              "Catalog '%s' has no model '%s'; name one of it, or 'auto'."
                  .formatted(unknown.catalog(), unknown.model()));
      case TenantRefusal.UnpricedModel unpriced ->
          ApiError.invalid(
              "unpriced_model",
              "model",
              "The price of model '%s' is unknown, so no budget can hold it; add its price to the"
                      .formatted(unpriced.model())
                  + " catalog.");
      case TenantRefusal.UnknownName unknown ->
          ApiError.invalid(
              "unknown_value",
              unknown.param(),
              "No model of the catalog has one of these: %s."
                  .formatted(String.join(", ", unknown.names())));
      case TenantRefusal.WrongDimensions wrong ->
          ApiError.invalid(
              "wrong_dimensions",
              "features",
              "Use case %s has %d features in each request, got %d. Send as many, or use another use case."
                  .formatted(wrong.useCase(), wrong.expected(), wrong.given()));
      case TenantRefusal.UnknownDecision unknown -> unknownDecision(unknown.id());
      case TenantRefusal.DecisionWasRejected rejected ->
          ApiError.conflict(
              "decision_rejected",
              "decision_id",
              "Decision %s was a rejection: nothing was run, so there is nothing to settle or report."
                  .formatted(rejected.id()));
      case TenantRefusal.ByLedger ledger -> error(ledger.refusal());
    };
  }

  static ApiError unknownDecision(String id) {
    return ApiError.notFound(
        "unknown_decision", "decision_id", "There is no decision '%s'.".formatted(id));
  }

  static ApiError unknownReservation(String id) {
    return ApiError.notFound(
        "unknown_reservation", "id", "There is no reservation '%s'.".formatted(id));
  }

  private static ApiError error(Ruling.Refusal refusal) {
    return switch (refusal) {
      case Ruling.KeyReused reused ->
          ApiError.unprocessable(
              "idempotency_key_reused",
              "Idempotency-Key",
              "The idempotency key '%s' was used for another request.".formatted(reused.key()));
      case Ruling.TooManyKeys tooMany ->
          ApiError.unavailable(
              "too_many_idempotency_keys",
              "This tenant has used %d idempotency keys within their time to live."
                  .formatted(tooMany.max()),
              RETRY_STORAGE_SECONDS);
      case Ruling.TooManyOpen tooMany ->
          ApiError.unavailable(
              "too_many_open_reservations",
              "This tenant has %d open reservations; commit or release some."
                  .formatted(tooMany.max()),
              RETRY_SECONDS);
      case Ruling.DuplicateId duplicate ->
          ApiError.conflict(
              "duplicate_id", "id", "Reservation %s exists.".formatted(duplicate.id()));
      case Ruling.UnknownReservation unknown -> unknownReservation(unknown.id());
      case Ruling.AlreadyCommitted ended ->
          ApiError.conflict(
                  "already_committed",
                  "id",
                  "Reservation %s was committed with %d microcents."
                      .formatted(ended.id(), ended.actualMicrocents()))
              .with("actual_cost_microcents", ended.actualMicrocents());
      case Ruling.AlreadyReleased ended ->
          ApiError.conflict(
              "already_released", "id", "Reservation %s was released.".formatted(ended.id()));
      case Ruling.AlreadyExpired ended ->
          ApiError.conflict(
              "reservation_expired",
              "id",
              "Reservation %s has expired; its money has returned.".formatted(ended.id()));
      case Ruling.BelowUse below ->
          ApiError.conflict(
                  "budget_below_use",
                  "budget.initial_microcents",
                  "The budget cannot be less than the %d microcents that are reserved and committed."
                      .formatted(below.usedMicrocents()))
              .with("used_microcents", below.usedMicrocents());
      case Ruling.Overflow overflow ->
          ApiError.invalid(
              "out_of_range", null, "The amounts add up to more than a budget can hold.");
    };
  }
}
