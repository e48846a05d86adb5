package io.quaestor.http.witness;

import io.quaestor.persistence.chain.Reason;
import io.quaestor.persistence.witness.Transport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Posts to a witness, and waits a bounded time for a bounded answer. */
final class HttpTransport implements Transport {

  private static final long ANSWER_BYTES_MAX = 64 * 1024;
  private static final BodyHandler<String> BOUNDED_TEXT =
      BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), ANSWER_BYTES_MAX);

  private final HttpClient client;
  private final URI target;
  private final Duration timeout;

  /**
   * @param prefix of the witness's URL, to which {@code /add-checkpoint} is added
   */
  HttpTransport(HttpClient client, String prefix, Duration timeout) {
    this.client = client;
    this.target = URI.create(prefix.replaceAll("/+$", "") + "/add-checkpoint");
    this.timeout = timeout;
  }

  @Override
  public Response post(byte[] body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(timeout)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> response = answer(client.sendAsync(request, BOUNDED_TEXT));
    return new Response(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
  }

  /** The request's own timeout ends with the headers; a body that never comes must not hold us. */
  private HttpResponse<String> answer(CompletableFuture<HttpResponse<String>> sent)
      throws IOException {
    try {
      return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("%s does not answer within %s".formatted(target, timeout), e);
    } catch (ExecutionException e) {
      throw new IOException("%s cannot be asked: %s".formatted(target, reason(e.getCause())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      sent.cancel(true);
    }
  }

  private static String reason(@Nullable Throwable cause) {
    return switch (cause) {
      case ConnectException refused -> "no connection";
      case HttpTimeoutException late -> "no answer in time";
      case IOException io -> Reason.of(io);
      case null, default -> String.valueOf(cause);
    };
  }
}
