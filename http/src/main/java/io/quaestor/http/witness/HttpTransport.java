package io.quaestor.http.witness;

import io.quaestor.persistence.witness.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Posts to a witness, and waits a bounded time for a bounded answer. */
final class HttpTransport implements Transport {

  private static final long ANSWER_BYTES_MAX = 64 * 1024;

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
    try {
      HttpResponse<String> response =
          client.send(
              request,
              BodyHandlers.limiting(
                  BodyHandlers.ofString(StandardCharsets.UTF_8), ANSWER_BYTES_MAX));
      return new Response(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
