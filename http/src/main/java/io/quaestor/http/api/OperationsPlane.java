package io.quaestor.http.api;

import static org.apache.pekko.http.javadsl.model.HttpMethods.GET;
import static org.apache.pekko.http.javadsl.model.HttpMethods.POST;

import io.quaestor.http.server.Call;
import io.quaestor.http.server.Endpoint;
import io.quaestor.http.server.Json;
import io.quaestor.http.server.Responses;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The calls of whoever keeps the node running. */
public final class OperationsPlane {

  private final Supplier<Readiness> readiness;

  public OperationsPlane(Supplier<Readiness> readiness) {
    this.readiness = readiness;
  }

  public List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(GET, "/health/live", this::live),
        new Endpoint(GET, "/health/ready", this::ready));
  }

  /** The yardstick for benchmarks: parses a route request, answers JSON, does nothing else. */
  public static Endpoint echo() {
    return new Endpoint(POST, "/internal/echo", OperationsPlane::echo);
  }

  private CompletionStage<HttpResponse> live(Call call) {
    return done(
        Responses.ok(
            out -> {
              out.writeStartObject();
              out.writeStringField("status", "live");
              out.writeEndObject();
            }));
  }

  private CompletionStage<HttpResponse> ready(Call call) {
    Readiness now = readiness.get();
    return done(Responses.json(now instanceof Readiness.Ready ? 200 : 503, now::write));
  }

  private static CompletionStage<HttpResponse> echo(Call call) {
    RouteRequest request = Json.read(call.body(), RouteRequest.class);
    return done(
        Responses.ok(
            out -> {
              out.writeStartObject();
              out.writeStringField("model", request.model());
              out.writeStringField("tenant", request.tenant());
              out.writeEndObject();
            }));
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedFuture(response);
  }
}
