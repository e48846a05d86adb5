package io.quaestor.http.api;

import static org.apache.pekko.http.javadsl.model.HttpMethods.GET;
import static org.apache.pekko.http.javadsl.model.HttpMethods.POST;

import com.fasterxml.jackson.databind.JsonNode;
import io.quaestor.actors.tenant.TenantReply;
import io.quaestor.actors.tenant.Tenants;
import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.Call;
import io.quaestor.http.server.Endpoint;
import io.quaestor.http.server.Json;
import io.quaestor.http.server.Responses;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.tenant.TenantCommand;
import io.quaestor.persistence.ChainReader;
import io.quaestor.persistence.Decided;
import io.quaestor.persistence.SealedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/** The calls of a tenant: decide, settle, report, look. */
public final class DataPlane {

  static final int BATCH_MAX = 256;

  private final Tenants tenants;
  private final ChainReader chain;

  public DataPlane(Tenants tenants, ChainReader chain) {
    this.tenants = tenants;
    this.chain = chain;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(POST, "/api/v1/route", this::route),
        new Endpoint(POST, "/api/v1/route/batch", this::routeBatch),
        new Endpoint(POST, "/api/v1/outcomes", this::outcome),
        new Endpoint(POST, "/api/v1/reservations/{id}/commit", this::commit),
        new Endpoint(POST, "/api/v1/reservations/{id}/release", this::release),
        new Endpoint(GET, "/api/v1/budget", this::budget),
        new Endpoint(GET, "/api/v1/decisions/{id}", this::decision));
  }

  // ---- route -----------------------------------------------------------------------------------

  private CompletionStage<HttpResponse> route(Call call) {
    RouteRequest request = Json.read(call.body(), RouteRequest.class);
    return route(request, Edge.key(call), Edge.sha256(call.body()))
        .thenApply(reply -> Refusals.respond(reply, DataPlane::decided));
  }

  private CompletionStage<TenantReply> route(
      RouteRequest request, @Nullable IdempotencyKey key, String requestSha256) {
    return tenants.call(request.tenant(), request.command(Edge.newId(), key, requestSha256));
  }

  private static HttpResponse decided(TenantReply.Sealed sealed) {
    Event.DecisionMade decision = (Event.DecisionMade) sealed.event();
    List<HttpHeader> headers = new ArrayList<>();
    headers.add(RawHeader.create("x-quaestor-decision-id", decision.id()));
    headers.add(RawHeader.create("x-quaestor-reason", decision.reason()));
    if (decision.selected() != null) {
      headers.add(RawHeader.create("x-quaestor-model", decision.selected().model()));
      headers.add(RawHeader.create("x-quaestor-tier", decision.selected().tier()));
      headers.add(
          RawHeader.create("x-quaestor-cost", Money.usd(decision.selected().costMicrocents())));
    }
    if (decision.regime() != null) {
      headers.add(RawHeader.create("x-quaestor-regime", Integer.toString(decision.regime())));
    }
    headers.add(
        RawHeader.create(
            "x-quaestor-budget-remaining",
            Money.usd(decision.hold().budget().remainingMicrocents())));
    headers.add(RawHeader.create("x-quaestor-audit-seq", Long.toString(sealed.seal().seq())));
    headers.add(RawHeader.create("x-quaestor-audit-hash", sealed.seal().hash()));
    return Responses.ok(Answers.of(sealed)).addHeaders(headers);
  }

  /** Each request is decided on its own; an error of one does not touch the others. */
  private CompletionStage<HttpResponse> routeBatch(Call call) {
    List<JsonNode> items = Json.read(call.body(), Requests.Batch.class).requests();
    if (items == null || items.isEmpty() || items.size() > BATCH_MAX) {
      throw ApiError.invalid(
              items == null ? "missing_member" : "out_of_range",
              "requests",
              "'requests' must have 1 to %d entries.".formatted(BATCH_MAX))
          .thrown();
    }
    IdempotencyKey key = Edge.key(call);
    String digest = Edge.sha256(call.body());
    List<CompletableFuture<Json.Writer>> answers = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      answers.add(batchItem(items.get(i), key == null ? null : nth(key, i), digest));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            all ->
                Responses.ok(
                    out -> {
                      out.writeStartObject();
                      out.writeArrayFieldStart("decisions");
                      for (CompletableFuture<Json.Writer> answer : answers) {
                        answer.join().write(out);
                      }
                      out.writeEndArray();
                      out.writeEndObject();
                    }));
  }

  private static IdempotencyKey nth(IdempotencyKey key, int index) {
    return new IdempotencyKey("%s#%d".formatted(key.value(), index), key.requestSha256());
  }

  private CompletableFuture<Json.Writer> batchItem(
      JsonNode item, @Nullable IdempotencyKey key, String digest) {
    try {
      RouteRequest request = Json.read(item, RouteRequest.class);
      return route(request, key, digest)
          .thenApply(
              reply ->
                  reply instanceof TenantReply.Sealed sealed
                      ? Answers.of(sealed)
                      : errorItem(Refusals.error(reply)))
          .toCompletableFuture();
    } catch (ApiError.Thrown e) {
      return CompletableFuture.completedFuture(errorItem(e.error()));
    }
  }

  private static Json.Writer errorItem(ApiError error) {
    return out -> {
      out.writeStartObject();
      Responses.writeError(out, error);
      out.writeEndObject();
    };
  }

  // ---- settle and report -----------------------------------------------------------------------

  private CompletionStage<HttpResponse> outcome(Call call) {
    Requests.Outcome outcome = Json.read(call.body(), Requests.Outcome.class);
    TenantCommand.ReportOutcome command = outcome.command(Edge.key(call));
    return callOwner(command.id(), command, Refusals.unknownDecision(command.id()));
  }

  private CompletionStage<HttpResponse> commit(Call call) {
    Requests.Commit commit = Json.read(call.body(), Requests.Commit.class);
    String id = Checks.name("id", call.path("id"));
    return callOwner(
        id,
        new TenantCommand.Commit(Edge.key(call), id, commit.cost()),
        Refusals.unknownReservation(id));
  }

  private CompletionStage<HttpResponse> release(Call call) {
    Requests.Release release =
        call.body().length == 0
            ? Requests.Release.UNSTATED
            : Json.read(call.body(), Requests.Release.class);
    String id = Checks.name("id", call.path("id"));
    return callOwner(
        id,
        new TenantCommand.Release(Edge.key(call), id, release.text()),
        Refusals.unknownReservation(id));
  }

  /** With keys off a call does not say whose decision it means, but the chain knows. */
  private CompletionStage<HttpResponse> callOwner(
      String decisionId, TenantCommand command, ApiError unknown) {
    Decided decided = chain.decision(decisionId).orElseThrow(unknown::thrown);
    return tenants
        .call(decisionOf(decided).tenant(), command)
        .thenApply(reply -> Refusals.respond(reply, Answers::respond));
  }

  private static Event.DecisionMade decisionOf(Decided decided) {
    return (Event.DecisionMade) decided.made().event();
  }

  // ---- look ------------------------------------------------------------------------------------

  private CompletionStage<HttpResponse> budget(Call call) {
    String tenant =
        Checks.name("tenant_id", call.query("tenant_id").orElse(RouteRequest.DEFAULT_TENANT));
    return tenants.read(tenant).thenApply(reply -> Refusals.respond(reply, Answers::respond));
  }

  private CompletionStage<HttpResponse> decision(Call call) {
    String id = Checks.name("id", call.path("id"));
    return CompletableFuture.completedFuture(
        chain
            .decision(id)
            .map(
                decided ->
                    Responses.ok(
                        Answers.decision(
                            decisionOf(decided),
                            decided.made().seal(),
                            decided
                                .ending()
                                .map(SealedEvent::event)
                                .map(Event::ending)
                                .orElse(null))))
            .orElseThrow(Refusals.unknownDecision(id)::thrown));
  }
}
