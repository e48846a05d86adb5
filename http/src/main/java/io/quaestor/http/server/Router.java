package io.quaestor.http.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router finds the endpoint of a request, reads the body, and turns whatever goes wrong into
 * one error envelope. No stack trace leaves the server.
 */
public final class Router {

  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  /** A body that is too large is read and thrown away up to this size, then the line is cut. */
  private static final long DISCARDED_BYTES_MAX = 32 * 1_024 * 1_024;

  private record Route(Endpoint endpoint, List<String> segments) {}

  private final ActorSystem<?> system;
  private final List<Route> routes;
  private final @Nullable ApiError otherwise;
  private final long bodyBytesMax;
  private final long bodyTimeoutMillis;

  /**
   * @param otherwise the answer to every call that is no endpoint, or null to say that there is
   *     none
   */
  public Router(
      ActorSystem<?> system,
      List<Endpoint> endpoints,
      @Nullable ApiError otherwise,
      long bodyBytesMax,
      long bodyTimeoutMillis) {
    this.otherwise = otherwise;
    this.system = system;
    this.routes =
        endpoints.stream().map(endpoint -> new Route(endpoint, endpoint.segments())).toList();
    this.bodyBytesMax = bodyBytesMax;
    this.bodyTimeoutMillis = bodyTimeoutMillis;
  }

  public CompletionStage<HttpResponse> handle(HttpRequest request) {
    List<String> path = segments(request.getUri().path());
    List<String> otherMethods = new ArrayList<>();
    for (Route route : routes) {
      Map<String, String> named = Endpoint.match(route.segments(), path);
      if (named != null) {
        if (route.endpoint().method().equals(request.method())) {
          return read(request)
              .thenCompose(
                  body -> route.endpoint().handler().handle(new Call(request, named, body)))
              .exceptionally(this::failed);
        }
        otherMethods.add(route.endpoint().method().value());
      }
    }
    request.discardEntityBytes(system);
    return CompletableFuture.completedFuture(notServed(request, otherMethods));
  }

  /** {@code OPTIONS *} and an absolute URI of a host alone have no path. */
  private static List<String> segments(String path) {
    return Arrays.asList((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
  }

  private CompletionStage<byte[]> read(HttpRequest request) {
    if (request.entity() instanceof HttpEntity.Strict strict
        && strict.getData().size() <= bodyBytesMax) {
      return CompletableFuture.completedFuture(strict.getData().toArrayUnsafe());
    }
    long stated = request.entity().getContentLengthOption().orElse(0);
    if (stated > bodyBytesMax && stated <= DISCARDED_BYTES_MAX) {
      // A client that is still sending would see a broken connection instead of the answer.
      return request
          .entity()
          .withoutSizeLimit()
          .discardBytes(system)
          .completionStage()
          .thenCompose(done -> CompletableFuture.failedFuture(tooLarge().thrown()));
    }
    return request
        .entity()
        .withSizeLimit(bodyBytesMax)
        .toStrict(
            bodyTimeoutMillis, Long.MAX_VALUE, system) // the limit above is the one that holds
        .thenApply(strict -> strict.getData().toArrayUnsafe())
        .exceptionally(
            failure -> {
              throw cause(failure) instanceof TimeoutException
                  ? bodyTimeout()
                  : new CompletionException(cause(failure));
            });
  }

  private ApiError.Thrown bodyTimeout() {
    return ApiError.of(
            408,
            "body_timeout",
            "The body did not arrive within %d ms; nothing was done.".formatted(bodyTimeoutMillis))
        .thrown();
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private ApiError tooLarge() {
    return ApiError.of(
        413, "body_too_large", "The body is larger than %d bytes.".formatted(bodyBytesMax));
  }

  private HttpResponse notServed(HttpRequest request, List<String> otherMethods) {
    String path = request.getUri().path();
    if (otherMethods.isEmpty() && otherwise != null) {
      return Responses.error(otherwise);
    }
    if (otherMethods.isEmpty()) {
      return Responses.error(
          ApiError.notFound("not_found", null, "There is nothing at %s.".formatted(path)));
    }
    String allowed = otherMethods.stream().distinct().collect(Collectors.joining(", "));
    return Responses.error(
            ApiError.of(
                405,
                "method_not_allowed",
                "%s cannot be done at %s; try %s."
                    .formatted(request.method().value(), path, allowed)))
        .addHeader(RawHeader.create("Allow", allowed));
  }

  private HttpResponse failed(Throwable failure) {
    Throwable cause = cause(failure);
    return Responses.error(
        switch (cause) {
          case ApiError.Thrown thrown -> thrown.error();
          case EntityStreamSizeException beyond -> tooLarge();
          case EntityStreamException broken ->
              ApiError.invalid("incomplete_body", null, "The body ended before its stated length.");
          case TimeoutException late ->
              ApiError.unavailable(
                  "timeout",
                  "No answer in time; the call may still be recorded. Repeat it with the same"
                      + " Idempotency-Key.",
                  1);
          default -> {
            LOG.error("a request failed", cause);
            yield ApiError.internal();
          }
        });
  }
}
