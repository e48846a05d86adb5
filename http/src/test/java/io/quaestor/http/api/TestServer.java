package io.quaestor.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import io.quaestor.actors.NodeActors;
import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.Endpoint;
import io.quaestor.http.server.HttpServer;
import io.quaestor.http.server.Json;
import io.quaestor.persistence.Checkpointer;
import io.quaestor.persistence.Cosigners;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.NodeChains;
import io.quaestor.persistence.checkpoint.KeySource;
import io.quaestor.persistence.checkpoint.NodeKey;
import io.quaestor.persistence.note.VerifierKey;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** A whole node on a loopback port, with the built-in catalog and policy. */
public final class TestServer implements AutoCloseable {

  /** A response with its body as JSON. */
  public record Answer(int status, JsonNode body, HttpResponse<String> raw) {
    public String code() {
      return body.path("error").path("code").asText();
    }
  }

  private final ActorTestKit kit;
  private final NodeChain chain;
  private final Checkpointer checkpointer;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  public TestServer(Path directory) throws Exception {
    kit =
        ActorTestKit.create(
            "quaestor",
            ConfigFactory.parseString("quaestor.data-dir = \"" + directory + "\"")
                .withFallback(ConfigFactory.load()));
    chain = NodeChains.get(kit.system()).chain();
    NodeActors node =
        await(
            NodeActors.start(
                kit.system(),
                chain,
                InstantSource.system(),
                Json.read(resource("/quaestor/catalog.json"), CatalogDocument.class).catalog(null),
                Json.read(resource("/quaestor/policy.json"), PolicyDocument.class).policy(null)));
    checkpointer = signing(directory);
    Evidence evidence = Evidence.of(chain, Optional.of(checkpointer));
    Executor reading = kit.system().dispatchers().lookup(DispatcherSelector.blocking());
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.addAll(new DataPlane(node.tenants(), chain.reader()).endpoints());
    endpoints.addAll(new AuditPlane(evidence, reading).endpoints());
    endpoints.addAll(new TilePlane(evidence, reading).endpoints());
    endpoints.addAll(new AdminPlane(node, InstantSource.system()).endpoints());
    endpoints.addAll(new OperationsPlane(Readiness.Ready::new).endpoints());
    server =
        await(
            HttpServer.bind(
                kit.system(),
                new HttpServer.Settings("127.0.0.1", 0, 1_048_576, Duration.ofSeconds(5)),
                List.of(),
                ApiError.unavailable("not_ready", "starting", 1)));
    assertThatNothingIsServedYet();
    server.offer(endpoints);
  }

  private Checkpointer signing(Path directory) throws Exception {
    NodeKey key =
        new NodeKey(new KeySource.InFile(directory.resolve("node.key")), "quaestor.local/node-1");
    return Checkpointer.start(
        chain,
        key.load(chain.opened().keys(), chain.opened().verification().records()),
        new Checkpointer.Settings(List.of(), Cosigners.NONE, Duration.ofMillis(50)));
  }

  /** The key that its checkpoints are signed with. */
  VerifierKey key() {
    return checkpointer.verifier();
  }

  private void assertThatNothingIsServedYet() throws Exception {
    Answer early = post("/api/v1/route", "{}");
    assertThat(early.status()).isEqualTo(503);
    assertThat(early.code()).isEqualTo("not_ready");
    assertThat(early.raw().headers().firstValue("Retry-After")).hasValue("1");
  }

  public static byte[] resource(String path) throws Exception {
    try (InputStream in = TestServer.class.getResourceAsStream(path)) {
      return in.readAllBytes();
    }
  }

  /** The number of the last record: unchanged when nothing was written. */
  long recorded() {
    return chain.head().seq();
  }

  public Answer get(String path) throws Exception {
    return send(request(path).GET());
  }

  Answer get(String path, String accept) throws Exception {
    return send(request(path).header("Accept", accept).GET());
  }

  /** A response that is not JSON. */
  HttpResponse<String> send(String path, String accept) throws Exception {
    return client.send(
        request(path).header("Accept", accept).GET().build(),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  HttpResponse<byte[]> bytes(String path) throws Exception {
    return client.send(request(path).GET().build(), BodyHandlers.ofByteArray());
  }

  public Answer post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  public Answer post(String path, String body, String key) throws Exception {
    return send(request(path).header("Idempotency-Key", key).POST(BodyPublishers.ofString(body)));
  }

  Answer post(String path, byte[] body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofByteArray(body)));
  }

  public Answer put(String path, String body) throws Exception {
    return send(request(path).PUT(BodyPublishers.ofString(body)));
  }

  Answer send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response =
        client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Answer(response.statusCode(), Json.MAPPER.readTree(response.body()), response);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.address().getPort() + path));
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    client.close();
    checkpointer.close();
    kit.shutdownTestKit();
  }
}
