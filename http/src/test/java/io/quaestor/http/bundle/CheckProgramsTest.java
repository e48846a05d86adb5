package io.quaestor.http.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.http.bundle.Tool.Ended;
import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.chain.Segments;
import io.quaestor.persistence.note.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor checks a bundle with the programs that are in it, and finds what was changed. */
class CheckProgramsTest {

  @TempDir static Path shared;
  private static SignedNode node;
  private static @Nullable Path check;

  @TempDir Path root;
  private Path bundle = Path.of("");

  @BeforeAll
  static void seal() throws IOException {
    node = SignedNode.in(shared.resolve("data"));
  }

  @BeforeEach
  void unpack() throws IOException {
    bundle = Unpacked.bundleOf(node.directory(), root.resolve("bundle"));
  }

  /** Built when the first test needs it, so that those of the shell program run without Go. */
  private static String check() throws Exception {
    Path built = check;
    if (built == null) {
      built = Tool.buildCheckGo(Files.createDirectories(shared.resolve("go")));
      check = built;
    }
    return built.toString();
  }

  private Ended checkGo(List<String> vkeys, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("-dir", "."));
    all.addAll(List.of(options));
    return Tool.run(bundle, Tool.withKeys(List.of(check()), vkeys, all.toArray(String[]::new)));
  }

  private List<String> lines() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 1; Files.exists(Segments.file(bundle, i)); i++) {
      all.append(Files.readString(Segments.file(bundle, i)));
    }
    return all.toString().lines().toList();
  }

  // ---- sound -----------------------------------------------------------------------------------

  @Test
  void theShellProgramAcceptsTheBundle() throws Exception {
    Ended ended = Tool.checkSh(bundle);

    assertThat(ended.text())
        .contains("chain-00000001.log: ")
        .contains(
            "ok    26 records, each names the one before; head %s"
                .formatted(lines().getLast().substring(0, 64)))
        .contains("ok    2 policies and catalogs are those of their records");
    assertThat(ended.status()).isZero();
  }

  @Test
  void theGoProgramAcceptsTheBundleAsThePageSaysToRunIt() throws Exception {
    Tool.assumeGo();
    Ended ended =
        Tool.run(
            bundle,
            Tool.withKeys(List.of("go", "run", "check.go"), node.vkeys().reversed(), "-dir", "."));

    assertThat(ended.text())
        .contains("ok    checkpoint: the first 26 records have its root")
        .contains("ok    key-00000002.checkpoint: the first 20 records have its root")
        .contains("ok    chain-00000001.checkpoint: the first ")
        .contains("ok    26 records: every hash fits, every record names the one before; head ")
        .doesNotContain("note");
    assertThat(ended.status()).isZero();
  }

  @Test
  void withTheNewestKeyAloneOlderSignaturesAreSaidToBeUnchecked() throws Exception {
    Ended ended = checkGo(List.of(node.vkey()));

    assertThat(ended.text())
        .contains("ok    checkpoint: the first 26 records have its root")
        .contains("ok    key-00000002.checkpoint: the first 20 records have its root")
        .containsPattern("note  chain-00000001.checkpoint: the first .* no key that was given");
    assertThat(ended.status()).isZero();
  }

  @Test
  void recordsThatNoSignatureCoversAreNamed() throws Exception {
    SignedNode own = SignedNode.in(root.resolve("data"));
    try (NodeChain chain = own.open()) {
      chain.appendNode(new Event.NodeStopped("not signed"));
    }
    bundle = Unpacked.bundleOf(own.directory(), root.resolve("unsigned"));

    Ended ended = checkGo(own.vkeys());

    assertThat(ended.text()).contains("note  records 27 to 27 came after the newest checkpoint");
    assertThat(ended.status()).isZero();
  }

  // ---- changed ---------------------------------------------------------------------------------

  private void rewrite(UnaryOperator<List<String>> change) throws IOException {
    for (int i = 1; Files.exists(Segments.file(bundle, i)); i++) {
      Path segment = Segments.file(bundle, i);
      List<String> changed = change.apply(Files.readAllLines(segment));
      Files.writeString(segment, String.join("\n", changed) + (changed.isEmpty() ? "" : "\n"));
    }
  }

  /** Makes every hash anew, as somebody does who does not want a change to be seen. */
  private void rehash() throws IOException {
    String[] prev = {"0".repeat(64)};
    rewrite(
        lines ->
            lines.stream()
                .map(
                    line -> {
                      String json = line.substring(65).replaceFirst("[0-9a-f]{64}", prev[0]);
                      prev[0] = sha256(json);
                      return prev[0] + " " + json;
                    })
                .toList());
  }

  private static String sha256(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> replaced(List<String> lines, String what, String by) {
    return lines.stream().map(line -> line.replace(what, by)).toList();
  }

  private static void assertFailed(Ended ended, String sentence) {
    assertThat(ended.text().lines().filter(line -> line.startsWith("FAILED")).toList())
        .singleElement()
        .asString()
        .contains(sentence);
    assertThat(ended.status()).isEqualTo(1);
  }

  @Test
  void anEditedRecordIsFoundByBoth() throws Exception {
    rewrite(lines -> replaced(lines, "\"round 9,", "\"round 8,"));

    assertFailed(Tool.checkSh(bundle), "record-10 does not have the hash before it");
    assertFailed(checkGo(node.vkeys()), "record 10 (chain-0000000");
  }

  @Test
  void anEditWithAllHashesMadeAnewIsFoundByTheSignature() throws Exception {
    rewrite(lines -> replaced(lines, "\"round 9,", "\"round 8,"));
    rehash();

    assertThat(Tool.checkSh(bundle).status()).isZero(); // as CHECK.md says
    assertFailed(checkGo(node.vkeys()), "records are not those it was made over");
  }

  @Test
  void recordsThatWereCutOffAreMissed() throws Exception {
    rewrite(lines -> lines.stream().filter(line -> !line.contains("\"seq\":26,")).toList());

    assertThat(Tool.checkSh(bundle).status()).isZero(); // as CHECK.md says
    assertFailed(checkGo(node.vkeys()), "it covers 26 records, but there are only 25");
  }

  @Test
  void aRecordThatWasTakenOutIsMissedByBoth() throws Exception {
    rewrite(lines -> lines.stream().filter(line -> !line.contains("\"seq\":7,")).toList());

    assertFailed(Tool.checkSh(bundle), "record 7 does not name the record before it");
    assertFailed(checkGo(node.vkeys()), "it does not name the record before it");
  }

  @Test
  void anotherKeyThanTheOneFromElsewhereIsFound() throws Exception {
    String other = SigningKey.generate(SignedNode.ORIGIN, new SecureRandom()).verifier().toString();

    assertFailed(
        checkGo(List.of(other)), "checkpoint: not signed by a key that was given with -vkey");
    assertFailed(checkGo(node.vkeys().subList(0, 1)), "checkpoint: not signed by a key");
  }

  @Test
  void anEditedCheckpointIsFound() throws Exception {
    Path checkpoint = bundle.resolve("checkpoint");
    Files.writeString(checkpoint, Files.readString(checkpoint).replace("\n26\n", "\n25\n"));

    assertFailed(checkGo(node.vkeys()), "checkpoint: invalid signature");
  }

  @Test
  void anEditedPolicyIsFound() throws Exception {
    Path policy = bundle.resolve("policies/default-v2.json");
    Files.writeString(policy, Files.readString(policy).replace("9500", "9600"));

    assertFailed(Tool.checkSh(bundle), "policies/default-v2.json is not what record 13 says");
  }

  @Test
  void aPolicyThatNoRecordHasIsFound() throws Exception {
    Files.writeString(bundle.resolve("policies/better-v1.json"), "{}");

    assertFailed(Tool.checkSh(bundle), "policies and catalogs hold 3 files, but the records 2");
  }

  // ---- kept elsewhere --------------------------------------------------------------------------

  @Test
  void aCheckpointThatWasKeptElsewhereAgrees() throws Exception {
    Path kept = node.directory().resolve("chain-00000002.checkpoint");

    Ended ended = checkGo(node.vkeys(), "-old", kept.toString());

    assertThat(ended.text()).contains("ok    " + kept + ": the first ");
    assertThat(ended.status()).isZero();
  }

  @Test
  void anOldCopyOfTheChainIsFoundByALaterCheckpoint() throws Exception {
    Path kept = Files.copy(bundle.resolve("checkpoint"), root.resolve("kept"));
    Files.copy(
        bundle.resolve("key-00000002.checkpoint"),
        bundle.resolve("checkpoint"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    for (int i = 1; Files.exists(Segments.file(bundle, i)); i++) {
      Files.deleteIfExists(bundle.resolve("chain-%08d.checkpoint".formatted(i)));
    }
    rewrite(lines -> lines.stream().filter(line -> !line.matches(".*\"seq\":2[1-9],.*")).toList());
    assertThat(checkGo(node.vkeys()).status()).isZero();

    assertFailed(
        checkGo(node.vkeys(), "-old", kept.toString()),
        "it covers 26 records, but there are only 20");
  }

  @Test
  void wrongUseIsSaidInASentence() throws Exception {
    assertFailed(Tool.run(bundle, List.of(check(), "-dir", ".")), "which key");
    assertFailed(
        Tool.run(bundle, Tool.withKeys(List.of(check()), node.vkeys())), "what is to be checked?");
    assertFailed(
        Tool.run(bundle, Tool.withKeys(List.of(check()), node.vkeys(), "-dir", "none")),
        "no bundle");
    assertFailed(checkGo(List.of(node.vkey().substring(0, 40))), "this is no public key");
  }
}
