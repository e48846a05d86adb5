package io.quaestor.http.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The listening server. It is bound before the node can decide, so that its health can be asked
 * from the first moment; {@link #offer} replaces what it answers.
 */
public final class HttpServer {

  /**
   * @param bodyBytesMax largest body that is read
   * @param bodyTimeout how long a client may take to send it
   */
  public record Settings(String host, int port, long bodyBytesMax, Duration bodyTimeout) {}

  private final ActorSystem<?> system;
  private final Settings settings;
  private final AtomicReference<Router> router;
  private final ServerBinding binding;

  private HttpServer(
      ActorSystem<?> system,
      Settings settings,
      AtomicReference<Router> router,
      ServerBinding binding) {
    this.system = system;
    this.settings = settings;
    this.router = router;
    this.binding = binding;
  }

  /**
   * Completes when the server listens; fails when it cannot.
   *
   * @param otherwise the answer to all other calls until {@link #offer}
   */
  public static CompletionStage<HttpServer> bind(
      ActorSystem<?> system, Settings settings, List<Endpoint> endpoints, ApiError otherwise) {
    AtomicReference<Router> router =
        new AtomicReference<>(router(system, settings, endpoints, otherwise));
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .bind((HttpRequest request) -> handle(router, request))
        .thenApply(binding -> new HttpServer(system, settings, router, binding));
  }

  private static CompletionStage<HttpResponse> handle(
      AtomicReference<Router> router, HttpRequest request) {
    return router.get().handle(request);
  }

  private static Router router(
      ActorSystem<?> system,
      Settings settings,
      List<Endpoint> endpoints,
      @Nullable ApiError otherwise) {
    return new Router(
        system, endpoints, otherwise, settings.bodyBytesMax(), settings.bodyTimeout().toMillis());
  }

  /** From now on these are the calls that are served. */
  public void offer(List<Endpoint> endpoints) {
    router.set(router(system, settings, endpoints, null));
  }

  public InetSocketAddress address() {
    return binding.localAddress();
  }

  /** Stops listening, lets requests under way finish, then closes what is left. */
  public CompletionStage<?> drain(Duration deadline) {
    return binding.terminate(deadline);
  }
}
