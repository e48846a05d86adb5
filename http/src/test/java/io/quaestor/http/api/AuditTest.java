package io.quaestor.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quaestor.http.api.TestServer.Answer;
import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.ProofCheck;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.OpenedNote;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.TlogProof;
import io.quaestor.persistence.note.VerifierKey;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls of an auditor and of a log monitor, over the wire, against a whole node. */
class AuditTest {

  private static final int DECISIONS = 300;

  @TempDir static Path directory;
  private static TestServer server;
  private static final List<JsonNode> DECIDED = new ArrayList<>();

  @BeforeAll
  static void decide() throws Exception {
    server = new TestServer(directory);
    for (int i = 0; i < DECISIONS; i++) {
      Answer answer =
          server.post(
              "/api/v1/route",
              "{\"input_tokens\":%d,\"metadata\":{\"tenant_id\":\"t%d\"}}"
                  .formatted(100 + i, i % 3));
      assertThat(answer.status()).isEqualTo(200);
      DECIDED.add(answer.body());
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String id(int decision) {
    return DECIDED.get(decision).path("decision_id").asText();
  }

  private static HttpResponse<String> text(String path) throws Exception {
    return server.send(path, "text/plain");
  }

  private static OpenedNote open(SignedNote note) {
    return note.open(List.of(server.key()));
  }

  // ---- proofs ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 137, DECISIONS - 1})
  void aProofCanBeCheckedWithNothingButTheKey(int decision) throws Exception {
    HttpResponse<String> response =
        text("/api/v1/decisions/" + id(decision) + "/proof?wait=checkpoint");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=UTF-8");
    TlogProof proof = TlogProof.parse(response.body().getBytes(StandardCharsets.UTF_8));
    byte[] record = proof.extra().orElseThrow();
    assertThat(open(proof.note())).isNotNull();
    assertThat(proof.includes(Hash.leaf(record))).isTrue();
    assertThat(proof.index())
        .isEqualTo(DECIDED.get(decision).path("seal").path("seq").asLong() - 1);
    assertThat(new String(record, StandardCharsets.UTF_8)).contains(id(decision));
  }

  @Test
  void aProofInJsonHasTheRecordsLineAndTheKeyBesideIt() throws Exception {
    Answer answer = server.get("/api/v1/decisions/" + id(7) + "/proof?wait=checkpoint");

    assertThat(answer.status()).isEqualTo(200);
    JsonNode seal = DECIDED.get(7).path("seal");
    assertThat(answer.body().path("seal")).isEqualTo(seal);
    String line = answer.body().path("record_line").asText();
    assertThat(line).startsWith(seal.path("hash").asText() + " {\"prev\":\"");
    TlogProof proof =
        TlogProof.parse(answer.body().path("proof").asText().getBytes(StandardCharsets.UTF_8));
    assertThat(proof.includes(Hash.leaf(line.substring(65).getBytes(StandardCharsets.UTF_8))))
        .isTrue();
    assertThat(VerifierKey.parse(answer.body().path("vkey").asText())).isEqualTo(server.key());
  }

  @Test
  void aDecisionThatNoCheckpointCoversYetSaysSo() throws Exception {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < 50 && !codes.contains("checkpoint_pending"); i++) {
      Answer decided = server.post("/api/v1/route", "{\"input_tokens\":5}");
      Answer answer =
          server.get("/api/v1/decisions/" + decided.body().path("decision_id").asText() + "/proof");
      codes.add(answer.code());
      if (answer.status() == 503) {
        assertThat(answer.raw().headers().firstValue("Retry-After")).hasValue("1");
      }
    }

    assertThat(codes).contains("checkpoint_pending");
  }

  // ---- checkpoints and consistency -------------------------------------------------------------

  @Test
  void theCheckpointIsSignedAndItsRootIsThatOfTheRecords() throws Exception {
    HttpResponse<String> response = text("/api/v1/audit/checkpoint");

    SignedNote note = SignedNote.parse(response.body());
    Checkpoint checkpoint = Checkpoint.parse(open(note).text());
    assertThat(checkpoint.origin()).isEqualTo("quaestor.local/node-1");
    List<Hash> leaves = leaves(records("?to=" + checkpoint.size()));
    assertThat(leaves).hasSize((int) checkpoint.size());
    assertThat(root(leaves)).isEqualTo(checkpoint.root());
    Answer json = server.get("/api/v1/audit/checkpoint", "application/json");
    assertThat(json.body().path("root").asText()).isNotEmpty();
    assertThat(json.body().path("size").asLong()).isGreaterThanOrEqualTo(checkpoint.size());
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "1,2", "5,300", "256,300", "255,257", "128,256", "0,300"})
  void anyTwoSizesCanBeShownToBeConsistent(long from, long to) throws Exception {
    Answer answer = server.get("/api/v1/audit/consistency?from=%d&to=%d".formatted(from, to));

    List<Hash> proof = new ArrayList<>();
    answer.body().path("proof").forEach(hash -> proof.add(hash(hash)));
    assertThat(
            ProofCheck.consistency(
                from,
                to,
                hash(answer.body().path("from_root")),
                hash(answer.body().path("to_root")),
                proof))
        .isTrue();
    assertThat(hash(answer.body().path("to_root"))).isEqualTo(root(leaves(records("?to=" + to))));
  }

  private static Hash hash(JsonNode base64) {
    return Hash.of(Base64.getDecoder().decode(base64.asText()));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/audit/consistency, missing_member",
    "/api/v1/audit/consistency?from=x, out_of_range",
    "/api/v1/audit/consistency?from=-1, out_of_range",
    "/api/v1/audit/consistency?from=9&to=3, out_of_range",
    "/api/v1/audit/consistency?from=1&to=99999999, out_of_range",
    "/api/v1/audit/consistency?from=99999999999999999999, out_of_range",
    "/api/v1/audit/records?from=0, out_of_range",
    "/api/v1/audit/records?from=5&to=4, out_of_range",
    "/api/v1/audit/records?from=1.5, out_of_range"
  })
  void wrongNumbersAreRefusedByName(String path, String code) throws Exception {
    Answer answer = server.get(path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/decisions/01a2095b-80a5-77be-88ae-295d2b55e3cb/proof, 404, unknown_decision",
    "/api/v1/decisions/%20/proof, 400, invalid_value",
    "/api/v1/audit/records?from=99999999, 404, unknown_record"
  })
  void whatIsNotThereIsSaid(String path, int status, String code) throws Exception {
    Answer answer = server.get(path);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void anotherThingToWaitForIsRefused() throws Exception {
    Answer answer = server.get("/api/v1/decisions/" + id(0) + "/proof?wait=forever");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("invalid_value");
  }

  // ---- records and keys ------------------------------------------------------------------------

  @Test
  void recordsAreStreamedExactlyAsTheyWereHashed() throws Exception {
    List<String> lines = Files.readAllLines(directory.resolve("chain-00000001.log"));

    assertThat(records("?from=3&to=290"))
        .isEqualTo(lines.subList(2, 290).stream().map(line -> line.substring(65)).toList());
    assertThat(records("?from=42&to=42")).containsExactly(lines.get(41).substring(65));
    assertThat(records("").subList(0, 290))
        .isEqualTo(lines.subList(0, 290).stream().map(line -> line.substring(65)).toList());
  }

  private static List<String> records(String query) throws Exception {
    HttpResponse<String> response = text("/api/v1/audit/records" + query);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    assertThat(response.body()).endsWith("\n");
    return response.body().lines().toList();
  }

  @Test
  void theKeyIsToldAsAVerifierKey() throws Exception {
    assertThat(text("/api/v1/audit/key").body()).isEqualTo(server.key() + "\n");
    JsonNode key = server.get("/api/v1/audit/key").body();
    assertThat(key.path("vkey").asText()).isEqualTo(server.key().toString());
    assertThat(key.path("keys").path(0).path("adopted_seq").asLong()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/audit/key, 'application/json, text/plain, */*', application/json",
    "/api/v1/audit/key, text/plain;q=0, application/json",
    "/api/v1/audit/key, 'text/plain, */*;q=0.1', text/plain",
    "/api/v1/audit/checkpoint, */*, text/plain",
    "/api/v1/audit/checkpoint, 'application/json, */*;q=0.8', application/json"
  })
  void theMediaTypeIsTheOneThatIsPreferred(String path, String accept, String sent)
      throws Exception {
    HttpResponse<String> response = server.send(path, accept);

    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(sent);
    assertThat(response.headers().allValues("Vary")).containsExactly("Accept");
  }

  // ---- tiles -----------------------------------------------------------------------------------

  @Test
  void theLogCanBeFollowedByItsTiles() throws Exception {
    HttpResponse<String> response = text("/checkpoint");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache");
    Checkpoint checkpoint = Checkpoint.parse(open(SignedNote.parse(response.body())).text());
    int width = (int) (checkpoint.size() - 256);
    List<Hash> leaves = leaves(records("?to=" + checkpoint.size()));

    byte[] full = tile("/tile/0/000");
    byte[] partial = tile("/tile/0/001.p/" + width);
    byte[] above = tile("/tile/1/000.p/1");

    assertThat(full).hasSize(8_192).isEqualTo(join(leaves.subList(0, 256)));
    assertThat(partial).isEqualTo(join(leaves.subList(256, leaves.size())));
    assertThat(Hash.of(above)).isEqualTo(root(leaves.subList(0, 256)));
    assertThat(tile("/tile/0/000.p/7")).isEqualTo(Arrays.copyOf(full, 7 * 32));
  }

  @Test
  void entriesAreTheRecordsBehindTheirLengths() throws Exception {
    byte[] bundle = tile("/tile/entries/000");
    List<String> records = records("?to=256");

    int at = 0;
    for (String record : records) {
      int length = ((bundle[at] & 0xff) << 8) | (bundle[at + 1] & 0xff);
      assertThat(new String(bundle, at + 2, length, StandardCharsets.UTF_8)).isEqualTo(record);
      at += 2 + length;
    }
    assertThat(at).isEqualTo(bundle.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tile/0/999",
        "/tile/0/001",
        "/tile/1/000",
        "/tile/2/000.p/1",
        "/tile/0/000.p/0",
        "/tile/0/000.p/256",
        "/tile/0/000.p/01",
        "/tile/00/000",
        "/tile/0/0",
        "/tile/0/x000/000",
        "/tile/0/000/000",
        "/tile/0/000.p",
        "/tile/64/000",
        "/tile/-1/000",
        "/tile/0/x999/x999/x999/x999/x999/999",
        "/tile/0/x999/x999/x999/x999/x999/x999/999",
        "/tile/entries/001.p/255",
        "/tile/entries",
        "/tile/",
        "/tile/8/000"
      })
  void whatIsNoTileOfTheLogIsNotThere(String path) throws Exception {
    Answer answer = server.get(path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isIn("unknown_tile", "not_found");
  }

  private static byte[] tile(String path) throws Exception {
    HttpResponse<byte[]> response = server.bytes(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    return response.body();
  }

  private static List<Hash> leaves(List<String> records) {
    return records.stream()
        .map(record -> Hash.leaf(record.getBytes(StandardCharsets.UTF_8)))
        .collect(Collectors.toList());
  }

  private static byte[] join(List<Hash> hashes) {
    byte[] bytes = new byte[32 * hashes.size()];
    for (int i = 0; i < hashes.size(); i++) {
      System.arraycopy(hashes.get(i).bytes(), 0, bytes, 32 * i, 32);
    }
    return bytes;
  }

  /** The definition of RFC 6962, section 2.1. */
  private static Hash root(List<Hash> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int k = Integer.highestOneBit(leaves.size() - 1);
    return Hash.node(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
  }
}
