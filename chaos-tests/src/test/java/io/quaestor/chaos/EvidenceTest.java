package io.quaestor.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quaestor.chaos.client.Answer;
import io.quaestor.chaos.client.Connection;
import io.quaestor.chaos.process.Finished;
import io.quaestor.chaos.process.Node;
import io.quaestor.chaos.process.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stranger checks what a running node says, with Go's sumdb packages and the program of the
 * auditor's bundle: no line of it is Quaestor's own verification.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvidenceTest {

  /** More than one tile of leaves. */
  private static final int DECISIONS = 600;

  private static final Path GO_SOURCES = Path.of("/usr/share/gocode/src/golang.org/x/mod/sumdb");
  private static final long GO_SECONDS = 240;

  @TempDir private static Path directory;

  private Node node;
  private ServerProcess server;
  private @Nullable Path check;
  private final List<String> decisions = new ArrayList<>();

  @BeforeAll
  void decide() throws Exception {
    node = Node.in(directory);
    server = node.start();
    try (Connection connection = server.connect()) {
      for (int i = 0; i < DECISIONS; i++) {
        decisions.add(decide(connection, i));
      }
    }
    if (Files.isDirectory(GO_SOURCES)) {
      check = build();
    }
  }

  private static String decide(Connection connection, int i) throws IOException {
    return connection
        .post(
            "/api/v1/route",
            "{\"input_tokens\":%d,\"metadata\":{\"tenant_id\":\"t%d\"}}".formatted(100 + i, i % 7))
        .ok()
        .json()
        .path("decision_id")
        .asText();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Path build() throws Exception {
    Path source = Files.createDirectories(directory.resolve("go")).resolve("check.go");
    try (InputStream program = getClass().getResourceAsStream("/quaestor/check/check.go")) {
      Files.write(source, program.readAllBytes());
    }
    Path built = source.resolveSibling("check");
    Finished ended = run("go", "build", "-o", built.toString(), source.toString());
    assertThat(ended.status()).as(ended.output()).isZero();
    return built;
  }

  private static Finished run(String... command) throws Exception {
    Path out = Files.createTempFile(directory, "run", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("GO111MODULE", "off");
    builder.environment().put("GOPATH", "/usr/share/gocode");
    builder.environment().put("GOCACHE", directory.resolve("go/cache").toString());
    builder.environment().put("GOFLAGS", "");
    Process process = builder.start();
    assertThat(process.waitFor(GO_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Finished(process.exitValue(), Files.readString(out), "");
  }

  private String program() {
    Path built = check;
    assumeTrue(built != null, "Go and its module packages are not installed");
    return String.valueOf(built);
  }

  private Finished go(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(program(), "-vkey", key()));
    command.addAll(Arrays.asList(options));
    return run(command.toArray(String[]::new));
  }

  private String key() throws IOException {
    return get("/api/v1/audit/key").json().path("vkey").asText();
  }

  private Answer get(String path) throws IOException {
    try (Connection connection = server.connect()) {
      return connection.get(path).ok();
    }
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content, StandardCharsets.UTF_8);
  }

  private JsonNode proof(int decision) throws IOException {
    return get("/api/v1/decisions/" + decisions.get(decision) + "/proof?wait=checkpoint").json();
  }

  // ---- Go --------------------------------------------------------------------------------------

  @Test
  void goOpensTheCheckpointAndProvesRecordsAndConsistencyFromTheTilesOfTheServer()
      throws Exception {
    proof(DECISIONS - 1);
    Path old = file("old.checkpoint", get("/checkpoint").body());
    try (Connection connection = server.connect()) {
      for (int i = 0; i < 50; i++) {
        decisions.add(decide(connection, i));
      }
    }
    proof(decisions.size() - 1);
    long size = get("/api/v1/audit/consistency?from=1").json().path("to").asLong();
    for (long index : new long[] {0, 255, 256, 511, size - 1}) {
      Finished ended =
          go(
              "-url",
              "http://127.0.0.1:" + server.port(),
              "-old",
              old.toString(),
              "-index",
              Long.toString(index));

      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(ended.output()).contains("ok ");
    }
  }

  @Test
  void goChecksTheProofOfOneDecision() throws Exception {
    for (int decision : new int[] {0, 300, DECISIONS - 1}) {
      JsonNode proof = proof(decision);
      Path file = file("go.tlog-proof", proof.path("proof").asText());

      Finished ended = go("-proof", file.toString());

      assertThat(ended.status()).as(ended.output()).isZero();
      String changed = proof.path("proof").asText().replaceFirst("index \\d+", "index 7");
      Finished refused = go("-proof", file("changed.tlog-proof", changed).toString());
      assertThat(refused.status()).isEqualTo(1);
    }
  }

  @Test
  void goDoesNotBelieveAnotherKey() throws Exception {
    String program = program();
    Path other = directory.resolve("other.key");
    Files.deleteIfExists(other);
    Finished made = node.command("keys", "generate", "quaestor.local/node-1", other.toString());

    Finished ended =
        run(program, "-vkey", made.out().strip(), "-url", "http://127.0.0.1:" + server.port());

    assertThat(ended.status()).isEqualTo(1);
  }

  // ---- our own, without a server
  // -----------------------------------------------------------------

  @Test
  void aProofOutlivesItsServer() throws IOException {
    Path json = file("proof.json", proof(42).toString());
    Path plain = file("proof.tlog-proof", proof(42).path("proof").asText());

    for (Path file : List.of(json, plain)) {
      Finished ended = node.command("verify", file.toString(), "--key", key());
      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(ended.out()).startsWith("Proved: record ").contains("DecisionMade of tenant|t0");
    }
  }

  @Test
  void aRunningNodesDirectoryVerifiesWithItsKeyAndReplays() throws IOException {
    proof(DECISIONS - 1);

    Finished ended = node.command("verify", node.data().toString(), "--replay", "--key", key());

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.out()).contains("Sound.").contains("all as recorded").contains(key());
  }

  @Test
  void theBundleOfARunningNodeIsAcceptedByGo() throws Exception {
    proof(DECISIONS - 1);
    Path zip = directory.resolve("bundle.zip");
    Finished made = node.command("export", node.data().toString(), "--bundle", zip.toString());
    assertThat(made.status()).as(made.output()).isZero();
    Path unpacked = Files.createDirectories(directory.resolve("unpacked"));
    unzip(zip, unpacked);

    Finished ended = go("-dir", unpacked.toString());

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(Files.exists(unpacked.resolve("node.key"))).isFalse();
  }

  private static void unzip(Path zip, Path into) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : Collections.list(file.entries())) {
        Path target = into.resolve(entry.getName());
        Files.createDirectories(target.getParent());
        Files.copy(file.getInputStream(entry), target);
      }
    }
  }
}
