package io.quaestor.http.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.HttpServer;
import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.Checkpointer;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.SignedCheckpoint;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.checkpoint.Anchor;
import io.quaestor.persistence.checkpoint.DirectoryAnchor;
import io.quaestor.persistence.checkpoint.KeySource;
import io.quaestor.persistence.checkpoint.NodeKey;
import io.quaestor.persistence.note.OpenedNote;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.SigningKey;
import io.quaestor.persistence.note.VerifiedSignature;
import io.quaestor.persistence.note.VerifierKey;
import io.quaestor.persistence.witness.WitnessRequest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A log that asks a witness over HTTP, and what the witness answers to others. */
class WitnessHttpTest {

  private static final String ORIGIN = "quaestor.local/node-1";

  @TempDir Path root;

  private final HttpClient client = HttpClient.newHttpClient();
  private ActorTestKit kit;
  private HttpServer server;
  private VerifierKey witness;
  private SigningKey log;

  @BeforeEach
  void startAWitness() throws Exception {
    log = SigningKey.generate(ORIGIN, new SecureRandom());
    kit = ActorTestKit.create("quaestor", ConfigFactory.load());
    WitnessPlane plane = plane(List.of(log.verifier()));
    witness = plane.key();
    server = bind(kit, plane);
  }

  private WitnessPlane plane(List<VerifierKey> logs) throws Exception {
    WitnessSettings settings =
        new WitnessSettings(
            List.of(),
            0,
            Duration.ofSeconds(5),
            logs,
            "witness.example/w1",
            Files.createDirectories(root.resolve("w")).resolve("witness.key"),
            root.resolve("w/records"));
    return WitnessPlane.open(settings, InstantSource.system(), ForkJoinPool.commonPool());
  }

  private static HttpServer bind(ActorTestKit kit, WitnessPlane plane) throws Exception {
    HttpServer bound =
        HttpServer.bind(
                kit.system(),
                new HttpServer.Settings("127.0.0.1", 0, 1_048_576, Duration.ofSeconds(5)),
                List.of(),
                ApiError.unavailable("not_ready", "starting", 1))
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
    bound.offer(plane.endpoints());
    return bound;
  }

  @AfterEach
  void stop() {
    client.close();
    kit.shutdownTestKit();
  }

  private String prefix() {
    return "http://127.0.0.1:%d/witness".formatted(server.address().getPort());
  }

  private WitnessSettings asking(String url, int quorum) {
    return new WitnessSettings(
        List.of(new WitnessSettings.Asked(url, witness)),
        quorum,
        Duration.ofSeconds(2),
        List.of(),
        "unused",
        root,
        root);
  }

  private interface Work {
    void on(NodeChain chain, Checkpointer checkpointer) throws Exception;
  }

  private void run(Path data, WitnessSettings settings, List<Anchor> anchors, Work work)
      throws Exception {
    try (NodeChain chain =
            NodeChain.open(
                data, ChainSettings.of("node-1").withFreeSpaceFloors(0, 0), Progress.NONE);
        Checkpointer checkpointer =
            Checkpointer.start(
                chain,
                new NodeKey(new KeySource.Given(log.secretText()), ORIGIN)
                    .load(chain.opened().keys(), chain.opened().verification().records()),
                new Checkpointer.Settings(
                    anchors, WitnessCosigners.of(chain, settings), Duration.ofMillis(30)))) {
      work.on(chain, checkpointer);
    }
  }

  private static SignedCheckpoint covering(Checkpointer checkpointer, long seq) throws Exception {
    return checkpointer.published().covering(seq).get(20, TimeUnit.SECONDS);
  }

  private static long seal(NodeChain chain) {
    return chain.appendNode(new Event.NodeStopped("x")).seq();
  }

  // ---- asking ----------------------------------------------------------------------------------

  @Test
  void aRequiredWitnessCosignsEachCheckpointBeforeItCounts() throws Exception {
    Path data = root.resolve("data");
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    List<Anchor> anchors = List.of(DirectoryAnchor.elsewhere(Disk.local(), elsewhere, "node-1"));
    run(
        data,
        asking(prefix(), 1),
        anchors,
        (chain, checkpointer) -> {
          for (int i = 0; i < 5; i++) {
            SignedCheckpoint counted = covering(checkpointer, seal(chain));

            OpenedNote opened = counted.note().open(List.of(log.verifier(), witness));
            assertThat(opened.by(witness).orElseThrow())
                .isInstanceOf(VerifiedSignature.Cosignature.class);
            assertThat(opened.by(log.verifier())).isPresent();
          }
        });

    SignedNote anchored =
        SignedNote.parse(Files.readAllBytes(elsewhere.resolve("node-1.checkpoint")));
    SignedNote beside = SignedNote.parse(Files.readAllBytes(data.resolve("published.checkpoint")));
    assertThat(anchored.open(List.of(witness))).isNotNull();
    assertThat(beside).isEqualTo(anchored);
  }

  @Test
  void withoutTheRequiredWitnessNothingCountsButEverythingIsSigned() throws Exception {
    Path data = root.resolve("data");
    run(
        data,
        asking("http://127.0.0.1:1/witness", 1),
        List.of(),
        (chain, checkpointer) -> {
          long seq = seal(chain);
          assertThatThrownBy(
                  () -> checkpointer.published().covering(seq).get(500, TimeUnit.MILLISECONDS))
              .isInstanceOf(TimeoutException.class);
          assertThat(checkpointer.published().get()).isEmpty();
        });

    assertThat(SignedNote.parse(Files.readAllBytes(data.resolve("checkpoint"))).text())
        .startsWith(ORIGIN + "\n2\n");
  }

  @Test
  void aWitnessThatIsNotRequiredHoldsNothingUp() throws Exception {
    run(
        root.resolve("data"),
        asking("http://127.0.0.1:1/witness", 0),
        List.of(),
        (chain, checkpointer) ->
            assertThat(covering(checkpointer, seal(chain)).size()).isGreaterThanOrEqualTo(2));
  }

  @Test
  void whatCountedBeforeAStopCountsAfterIt() throws Exception {
    Path data = root.resolve("data");
    run(data, asking(prefix(), 1), List.of(), (chain, it) -> covering(it, seal(chain)));

    run(
        data,
        asking("http://127.0.0.1:1/witness", 1),
        List.of(),
        (chain, checkpointer) ->
            assertThat(checkpointer.published().get().orElseThrow().note().open(List.of(witness)))
                .isNotNull());
  }

  /** Headers at once, and a body that never ends: the timeout of a request does not cover that. */
  @Test
  void aWitnessThatStallsIsWaitedForABoundedTimeAndTheAnchorIsKept() throws Exception {
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    List<Anchor> anchors = List.of(DirectoryAnchor.elsewhere(Disk.local(), elsewhere, "node-1"));
    try (ServerSocket stalling = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ExecutorService accepting = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> stall = accepting.submit(() -> stall(stalling));
      WitnessSettings settings =
          new WitnessSettings(
              List.of(
                  new WitnessSettings.Asked(
                      "http://127.0.0.1:" + stalling.getLocalPort() + "/witness", witness)),
              0,
              Duration.ofMillis(300),
              List.of(),
              "unused",
              root,
              root);

      run(root.resolve("data"), settings, anchors, (chain, it) -> covering(it, seal(chain)));

      stall.cancel(true);
    }
    Path anchored = elsewhere.resolve("node-1.checkpoint");
    assertThat(SignedNote.parse(Files.readAllBytes(anchored)).text()).startsWith(ORIGIN + "\n3\n");
  }

  private static Void stall(ServerSocket server) throws Exception {
    while (!Thread.currentThread().isInterrupted()) {
      Socket socket = server.accept();
      socket
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\nabc".getBytes(UTF_8));
      socket.getOutputStream().flush();
    }
    return null;
  }

  @Test
  void aRestartedLogGoesOnFromWhatTheWitnessKnows() throws Exception {
    Path data = root.resolve("data");
    run(data, asking(prefix(), 1), List.of(), (chain, it) -> covering(it, seal(chain)));

    run(
        data,
        asking(prefix(), 1),
        List.of(),
        (chain, checkpointer) ->
            assertThat(covering(checkpointer, seal(chain)).size()).isGreaterThanOrEqualTo(3));
  }

  @Test
  void aRolledBackLogIsNotCosignedAgain() throws Exception {
    Path data = root.resolve("data");
    run(data, asking(prefix(), 1), List.of(), (chain, it) -> covering(it, seal(chain)));
    copy(data, root.resolve("old"));
    run(
        data,
        asking(prefix(), 1),
        List.of(),
        (chain, it) -> {
          for (int i = 0; i < 5; i++) {
            covering(it, seal(chain));
          }
        });

    run(
        root.resolve("old"),
        asking(prefix(), 1),
        List.of(),
        (chain, checkpointer) -> {
          for (int i = 0; i < 20; i++) {
            seal(chain);
          }
          assertThatThrownBy(
                  () ->
                      checkpointer
                          .published()
                          .covering(chain.head().seq())
                          .get(500, TimeUnit.MILLISECONDS))
              .isInstanceOf(TimeoutException.class);
        });
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path file : tree.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  // ---- being asked -----------------------------------------------------------------------------

  private HttpResponse<String> post(String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(prefix() + "/add-checkpoint"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString(UTF_8));
  }

  private SignedNote note(SigningKey key, String origin, long size, String root) {
    return SignedNote.sign("%s\n%d\n%s\n".formatted(origin, size, root), key);
  }

  private static final String ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  private static final String OTHER = "AAAAQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

  private String request(long old, SignedNote note) {
    return new String(WitnessRequest.of(old, List.of(), note).bytes(), UTF_8);
  }

  @Test
  void statusesAreThoseOfTheSpecification() throws Exception {
    SigningKey stranger = SigningKey.generate("example.com/other", new SecureRandom());
    SigningKey forger = SigningKey.generate(ORIGIN, new SecureRandom());
    SignedNote five = note(log, ORIGIN, 5, ROOT);

    assertThat(post(request(0, note(stranger, "example.com/other", 5, ROOT))).statusCode())
        .isEqualTo(404);
    assertThat(post(request(0, note(forger, ORIGIN, 5, ROOT))).statusCode()).isEqualTo(403);
    assertThat(post(request(6, five)).statusCode()).isEqualTo(400);
    HttpResponse<String> cosigned = post(request(0, five));
    assertThat(cosigned.statusCode()).isEqualTo(200);
    assertThat(cosigned.body()).startsWith("\u2014 witness.example/w1 ");
    HttpResponse<String> conflict = post(request(0, note(log, ORIGIN, 9, ROOT)));
    assertThat(conflict.statusCode()).isEqualTo(409);
    assertThat(conflict.body()).isEqualTo("5\n");
    assertThat(conflict.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/x.tlog.size");
    assertThat(post(request(5, note(log, ORIGIN, 9, ROOT))).statusCode()).isEqualTo(422);
    assertThat(post(request(5, note(log, ORIGIN, 5, OTHER))).statusCode()).isEqualTo(409);
    assertThat(post(request(5, five)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "old",
    "old 0",
    "'old 0\n\n'",
    "'old -1\n\nx'",
    "'old 0\nnot base64\n\nx\n1\n'"
  })
  void whatIsNoRequestIsRefused(String body) throws Exception {
    HttpResponse<String> answer = post(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isNotBlank().doesNotContain("Exception");
  }

  @Test
  void aDamagedRecordIsNotTakenForNone() throws Exception {
    assertThat(post(request(0, note(log, ORIGIN, 5, ROOT))).statusCode()).isEqualTo(200);
    try (Stream<Path> files = Files.list(root.resolve("w/records"))) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }

    HttpResponse<String> answer = post(request(0, note(log, ORIGIN, 5, ROOT)));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("witness_unavailable");
  }

  // ---- settings --------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "checkpoint.witnesses, nonsense",
    "checkpoint.witnesses, http://127.0.0.1:8080/witness",
    "checkpoint.witnesses, ftp://x/w KEY",
    "checkpoint.witnesses, http://127.0.0.1: KEY",
    "checkpoint.witnesses, http://127.0.0.1:/w KEY",
    "checkpoint.witnesses, http://127.0.0.1:65536/w KEY",
    "checkpoint.witnesses, http://127.0.0.1:8080/w?a=b KEY",
    "checkpoint.witnesses, http://127.0.0.1:8080/w? KEY",
    "checkpoint.witnesses, http://127.0.0.1:8080/w#a KEY",
    "checkpoint.witnesses, http://127.0.0.1/w LOGKEY",
    "witness.logs, nonsense",
    "witness.logs, KEY",
    "checkpoint.witness-quorum, 1"
  })
  void wrongSettingsAreNamed(String path, String value) {
    String given =
        value.replace("LOGKEY", log.verifier().toString()).replace("KEY", witness.toString());
    Config config =
        ConfigFactory.load()
            .getConfig("quaestor")
            .withValue(path, ConfigValueFactory.fromAnyRef(given));

    assertThatThrownBy(() -> WitnessSettings.from(config))
        .isInstanceOf(WitnessSettings.Invalid.class)
        .hasMessageContaining("quaestor." + path);
  }
}
