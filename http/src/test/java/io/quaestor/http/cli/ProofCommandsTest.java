package io.quaestor.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.Checkpointer;
import io.quaestor.persistence.Cosigners;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.Proofs;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.checkpoint.KeySource;
import io.quaestor.persistence.checkpoint.NodeKey;
import io.quaestor.persistence.note.CosignerKey;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.SigningKey;
import io.quaestor.persistence.note.TlogProof;
import io.quaestor.persistence.note.VerifierKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code verify} of proofs and signed chains, and {@code keys}, on a signed chain. */
class ProofCommandsTest {

  private static final int RECORDS = 40;
  private static final int PROVED = 17;
  private static final String ORIGIN = "quaestor.local/node-1";

  @TempDir Path root;

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();
  private Path data;
  private TlogProof proof;
  private RecordLine record;
  private VerifierKey key;

  @BeforeEach
  void sealAndProve() throws IOException {
    data = root.resolve("data");
    try (NodeChain chain = open();
        Checkpointer checkpointer = sign(chain)) {
      for (int i = 2; i <= RECORDS; i++) {
        chain.appendNode(new Event.NodeStopped("round " + i));
      }
      key = checkpointer.verifier();
    }
    try (NodeChain chain = open();
        Checkpointer checkpointer = sign(chain)) {
      record = chain.reader().record(PROVED).orElseThrow();
      proof = new Proofs(chain).inclusion(record, checkpointer.published().get().orElseThrow());
    }
  }

  private NodeChain open() {
    return NodeChain.open(
        data,
        ChainSettings.of("node-1").withSegmentBytes(3_000).withFreeSpaceFloors(0, 0),
        Progress.NONE);
  }

  private Checkpointer sign(NodeChain chain) throws IOException {
    NodeKey nodeKey = new NodeKey(new KeySource.InFile(data.resolve("node.key")), ORIGIN);
    return Checkpointer.start(
        chain,
        nodeKey.load(chain.opened().keys(), chain.opened().verification().records()),
        new Checkpointer.Settings(List.of(), Cosigners.NONE, Duration.ofHours(1)));
  }

  private int run(String... args) {
    out = new StringWriter();
    err = new StringWriter();
    int status =
        new CommandLine(new Main())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    assertThat(out.toString() + err).doesNotContain("Exception").doesNotContain("\tat ");
    return status;
  }

  private int verify(Path file, String... options) {
    List<String> args = new ArrayList<>(List.of("verify", file.toString()));
    args.addAll(Arrays.asList(options));
    return run(args.toArray(String[]::new));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(root.resolve(name), content);
  }

  private ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("record_line", record.hash() + " " + new String(record.json(), StandardCharsets.UTF_8))
        .put("proof", proof.toString())
        .put("vkey", key.toString());
  }

  // ---- proofs that hold ------------------------------------------------------------------------

  @Test
  void aPlainProofIsCheckedWithNothingButTheKey() throws IOException {
    Path file = write("x.tlog-proof", proof.toString());

    assertThat(verify(file, "--key", key.toString())).isZero();
    assertThat(out.toString())
        .contains("Proved: record 17 is in the log quaestor.local/node-1 of 40 records.")
        .contains("NodeStopped of node|node-1")
        .contains(key.toString())
        .doesNotContain("The key is the one in the file");
  }

  @Test
  void aProofInJsonNamesItsKeyAndIsToldToBeNoMoreThanThat() throws IOException {
    Path file = write("x.json", json().toString());

    assertThat(verify(file)).isZero();
    assertThat(out.toString()).contains("Proved").contains("The key is the one in the file");

    assertThat(verify(file, "--key", key.toString(), "--json")).isZero();
    JsonNode told = new JsonMapper().readTree(out.toString());
    assertThat(told.path("status").asText()).isEqualTo("proved");
    assertThat(told.path("key_from_file").asBoolean()).isFalse();
    assertThat(told.path("seq").asLong()).isEqualTo(PROVED);
  }

  @Test
  void aProofWithoutTheRecordTakesItsLineFromAFile() throws IOException {
    Path bare = write("x.tlog-proof", proof.toString().replaceFirst("\nextra [^\n]*\n", "\n"));
    Path line = write("line", json().path("record_line").asText() + "\n");
    Path plain = write("plain", new String(record.json(), StandardCharsets.UTF_8));

    assertThat(verify(bare, "--key", key.toString(), "--record", line.toString())).isZero();
    assertThat(verify(bare, "--key", key.toString(), "--record", plain.toString())).isZero();
    assertThat(verify(bare, "--key", key.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--record");
  }

  @Test
  void witnessesThatMustHaveCosignedAreAskedFor() throws IOException {
    CosignerKey witness = CosignerKey.generate("witness.example/w1", new SecureRandom());
    CosignerKey other = CosignerKey.generate("witness.example/w2", new SecureRandom());
    TlogProof cosigned =
        TlogProof.of(
                proof.index(),
                proof.path(),
                proof.note().with(List.of(witness.cosign(proof.note().text(), Instant.now()))))
            .withExtra(record.json());
    Path file = write("x.tlog-proof", cosigned.toString());

    assertThat(verify(file, "--key", key.toString(), "--witness", witness.verifier().toString()))
        .isZero();
    assertThat(out.toString()).contains("cosigned by 1 witness");
    assertThat(verify(file, "--key", key.toString(), "--witness", other.verifier().toString()))
        .isEqualTo(3);
    assertThat(out.toString()).contains("cosignature_missing");
  }

  // ---- proofs that do not ----------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "index 16, index 15, proof_invalid",
    "index 16, index 17, proof_invalid",
    "index 16, index 9223372036854775807, proof_invalid",
    "'\n40\n', '\n41\n', checkpoint_forged",
    "round, ROUND, proof_invalid"
  })
  void whatWasChangedIsNotProved(String what, String by, String code) throws IOException {
    ObjectNode changed = json();
    changed.put("proof", changed.path("proof").asText().replaceFirst(what, by));
    changed.put("record_line", changed.path("record_line").asText().replaceFirst(what, by));
    Path file = write("x.json", changed.toString());

    assertThat(verify(file, "--key", key.toString())).isEqualTo(3);
    assertThat(out.toString()).startsWith("Not proved: ").contains("(" + code + ")");
  }

  @Test
  void swappedHashesAreNotProved() throws IOException {
    List<String> lines = new ArrayList<>(proof.toString().lines().toList());
    lines.add(4, lines.remove(3));
    Path file = write("x.tlog-proof", String.join("\n", lines) + "\n");

    assertThat(verify(file, "--key", key.toString())).isEqualTo(3);
  }

  @Test
  void anotherKeyProvesNothing() throws IOException {
    VerifierKey other = SigningKey.generate(ORIGIN, new SecureRandom()).verifier();
    VerifierKey otherLog = SigningKey.generate("example.com/other", new SecureRandom()).verifier();
    Path file = write("x.tlog-proof", proof.toString());

    assertThat(verify(file, "--key", other.toString())).isEqualTo(3);
    assertThat(out.toString()).contains("checkpoint_key_invalid");
    assertThat(verify(file, "--key", otherLog.toString())).isEqualTo(3);
  }

  @Test
  void aProofOfAnotherLogByTheSameKeyProvesNothing() throws IOException {
    SigningKey signing = SigningKey.parse(Files.readString(data.resolve("node.key")).strip());
    String text = proof.note().text().replace(ORIGIN, "quaestor.local/node-2");
    TlogProof other =
        TlogProof.of(proof.index(), proof.path(), SignedNote.sign(text, signing))
            .withExtra(record.json());

    assertThat(verify(write("x", other.toString()), "--key", key.toString())).isEqualTo(3);
    assertThat(out.toString()).contains("checkpoint_foreign");
  }

  @Test
  void whatATerminalWouldObeyIsNotPrinted() throws IOException {
    String origin = "quaestor.local/\u202enode-1";
    SigningKey signing = SigningKey.generate(origin, new SecureRandom());
    TlogProof hidden =
        TlogProof.of(
                proof.index(),
                proof.path(),
                SignedNote.sign(proof.note().text().replace(ORIGIN, origin), signing))
            .withExtra(record.json());
    Path file = write("x", hidden.toString());

    assertThat(verify(file, "--key", signing.verifier().toString())).isZero();
    assertThat(out.toString())
        .contains("in the log quaestor.local/?node-1 of")
        .contains("signed by quaestor.local/?node-1+")
        .doesNotContain("\u202e");
    assertThat(verify(file, "--key", key.toString())).isEqualTo(3);
    assertThat(out.toString()).doesNotContain("\u202e");
  }

  @Test
  void aProofCutAtAnyByteIsNeverAccepted() throws IOException {
    String whole = proof.toString();
    for (int length = 0; length < whole.length(); length += 7) {
      Path file = write("cut", whole.substring(0, length));

      assertThat(verify(file, "--key", key.toString())).isIn(2, 3);
      assertThat(out.toString() + err).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "\\n, \\r\\n",
    "index 16, index 016",
    "index 16, index 99999999999999999999",
    "=, '' "
  })
  void whatIsNotInTheFormIsSaidToBeNoProof(String what, String by) throws IOException {
    UnaryOperator<String> escaped = text -> text.replace("\\r", "\r").replace("\\n", "\n");
    Path file =
        write("x", proof.toString().replace(escaped.apply(what), escaped.apply(by.strip())));

    assertThat(verify(file, "--key", key.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is no proof");
  }

  @ParameterizedTest
  @CsvSource({
    "{, is no proof",
    "{}, is no proof",
    "'{\"proof\":1}', is no proof",
    "'', is no proof",
    "hello, is no proof"
  })
  void otherFilesAreSaidToBeNoProofs(String content, String said) throws IOException {
    assertThat(verify(write("x", content), "--key", key.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(said);
  }

  @Test
  void jsonBeyondEveryBoundIsSaidToBeNoProof() throws IOException {
    List<String> beyond =
        List.of(
            "{\"a\":%s}".formatted("9".repeat(5_000)),
            "{\"a\":%s".formatted("[".repeat(1_100)),
            "{\"%s\":1}".formatted("a".repeat(60_000)),
            "{\"proof\":\"%s\"}".formatted("a".repeat(TlogProof.BYTES_MAX + 1)));
    for (String content : beyond) {
      assertThat(verify(write("x", content), "--key", key.toString())).isEqualTo(2);
      assertThat(err.toString()).contains("is no proof: its JSON has").contains("too long");
    }
  }

  @Test
  void aTextAsLongAsALargeRecordIsRead() throws IOException {
    ObjectNode large = json().put("more", "a".repeat(21_000_000));

    assertThat(verify(write("x.json", large.toString()), "--key", key.toString())).isZero();
  }

  @Test
  void aMissingOrWrongKeyIsSaid() throws IOException {
    Path file = write("x.tlog-proof", proof.toString());

    assertThat(verify(file)).isEqualTo(2);
    assertThat(err.toString()).contains("--key");
    assertThat(verify(file, "--key", "nonsense")).isEqualTo(2);
    String secret = Files.readString(data.resolve("node.key")).strip();
    assertThat(verify(file, "--key", secret)).isEqualTo(2);
    assertThat(err.toString()).doesNotContain(secret.substring(50));
    assertThat(verify(file, "--replay", "--key", key.toString())).isEqualTo(2);
    assertThat(verify(root.resolve("nothing"))).isEqualTo(2);
    assertThat(err.toString()).contains("There is no file or directory " + root.resolve("nothing"));
  }

  // ---- signed chains ---------------------------------------------------------------------------

  @Test
  void aSignedChainTellsItsKeysAndCheckpoints() throws IOException {
    assertThat(verify(data)).isZero();
    assertThat(out.toString())
        .contains("the newest covers 40 records")
        .contains("signed from record 1 on by " + key);

    assertThat(verify(data, "--key", key.toString(), "--json")).isZero();
    JsonNode told = new JsonMapper().readTree(out.toString());
    assertThat(told.path("newest_checkpoint_size").asLong()).isEqualTo(40);
    assertThat(told.path("keys").path(0).path("vkey").asText()).isEqualTo(key.toString());
  }

  @Test
  void aChainThatAnotherKeySignedIsNotTheOneThatIsTrusted() throws IOException {
    VerifierKey other = SigningKey.generate(ORIGIN, new SecureRandom()).verifier();

    assertThat(verify(data, "--key", other.toString())).isEqualTo(3);
    assertThat(out.toString()).contains("checkpoint_key_invalid");
  }

  @Test
  void aShortenedChainIsRefusedByItsCheckpoint() throws IOException {
    Path last = lastSegment();
    List<String> lines = Files.readAllLines(last);
    Files.writeString(last, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");

    assertThat(verify(data)).isEqualTo(3);
    assertThat(out.toString()).contains("chain_truncated");
    assertThat(verify(data, "--json")).isEqualTo(3);
    assertThat(new JsonMapper().readTree(out.toString()).path("code").asText())
        .isEqualTo("chain_truncated");
  }

  private Path lastSegment() throws IOException {
    int last = 1;
    while (Files.exists(data.resolve("chain-%08d.log".formatted(last + 1)))) {
      last++;
    }
    return data.resolve("chain-%08d.log".formatted(last));
  }

  // ---- keys ------------------------------------------------------------------------------------

  @Test
  void keysAreShownAndChanged() throws IOException {
    assertThat(run("keys", "show", data.toString())).isZero();
    assertThat(out.toString().strip()).isEqualTo(key.toString());
    Path old = write("old.tlog-proof", proof.toString());

    assertThat(run("keys", "rotate", "--data", data.toString())).isZero();

    assertThat(run("keys", "show", "--all", data.toString())).isZero();
    List<String> keys = out.toString().lines().toList();
    assertThat(keys).hasSize(2).first().isEqualTo("1 " + key);
    assertThat(keys.getLast()).startsWith("41 ");
    assertThat(verify(data, "--key", key.toString())).isZero();
    assertThat(out.toString()).doesNotContain("without the signature");
    assertThat(verify(data, "--key", keys.getLast().substring(3))).isZero();
    assertThat(verify(old, "--key", key.toString())).isZero();
  }

  @Test
  void aLostKeyCanBeReplacedAndEveryCheckSaysSo() throws IOException {
    Files.delete(data.resolve("node.key"));

    assertThat(run("keys", "rotate", "--data", data.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("key_unreadable");
    assertThat(run("keys", "rotate", "--data", data.toString(), "--old-key-lost")).isZero();

    assertThat(verify(data)).isZero();
    assertThat(out.toString()).contains("adopted without the signature of the key before it");
    assertThat(verify(data, "--key", key.toString())).isEqualTo(3);
  }

  @Test
  void anotherOriginIsRefusedBeforeTheKeyIsChanged() throws IOException {
    Path config = write("other.conf", "quaestor.checkpoint.origin = example.com/other");

    for (List<String> lost : List.of(List.<String>of(), List.of("--old-key-lost"))) {
      List<String> args =
          new ArrayList<>(
              List.of("keys", "rotate", "--data", data.toString(), "--config", config.toString()));
      args.addAll(lost);
      assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
      assertThat(err.toString()).contains(ORIGIN).contains("quaestor.checkpoint.origin");
    }
    assertThat(run("keys", "show", data.toString())).isZero();
    assertThat(out.toString().strip()).isEqualTo(key.toString());
  }

  @Test
  void theNextKeyGoesToANewFileAndWhatToSetIsSaid() throws IOException {
    Path there = write("there.key", "of somebody else");
    Path next = root.resolve("next.key");

    assertThat(run("keys", "rotate", "--data", data.toString(), "--to", there.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("is there already");
    assertThat(there).hasContent("of somebody else");
    assertThat(run("keys", "rotate", "--data", data.toString(), "--to", next.toString())).isZero();
    assertThat(out.toString())
        .contains("quaestor.checkpoint.key-file")
        .contains("QUAESTOR_CHECKPOINT_KEY_FILE");

    Path config = write("next.conf", "quaestor.checkpoint.key-file = \"%s\"".formatted(next));
    assertThat(run("keys", "rotate", "--data", data.toString(), "--config", config.toString()))
        .isZero();
    assertThat(out.toString()).doesNotContain("quaestor.checkpoint.key-file");
    assertThat(verify(data, "--key", key.toString())).isZero();
  }

  @Test
  void aKeyIsMadeForItsOwnerAlone() throws IOException {
    Path file = root.resolve("made.key");

    assertThat(run("keys", "generate", "quaestor.local/node-7", file.toString())).isZero();

    SigningKey made = SigningKey.parse(Files.readString(file).strip());
    assertThat(out.toString().strip()).isEqualTo(made.verifier().toString());
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertThat(run("keys", "generate", "quaestor.local/node-7", file.toString())).isEqualTo(2);
    assertThat(run("keys", "generate", "a b", root.resolve("b").toString())).isEqualTo(2);
    assertThat(run("keys")).isEqualTo(2);
    assertThat(run("keys", "show", root.resolve("none").toString())).isEqualTo(2);
  }
}
