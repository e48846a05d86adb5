package io.quaestor.http.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quaestor.http.bundle.Tool.Ended;
import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.chain.Segments;
import io.quaestor.persistence.merkle.Tile;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.TlogProof;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Go program checks proofs of one record, and follows a log of 600 records over HTTP. */
class CheckGoLogTest {

  private static final int RECORDS = 600;
  private static final Pattern TILE =
      Pattern.compile("/tile/(\\d+|entries)/((?:x\\d{3}/)*\\d{3})(?:\\.p/(\\d+))?");

  @TempDir static Path shared;
  private static SignedNode node;
  private static Path check = Path.of("");
  private static NodeChain chain;
  private static HttpServer server;

  @TempDir Path root;

  @BeforeAll
  static void seal() throws Exception {
    check = Tool.buildCheckGo(Files.createDirectory(shared.resolve("go")));
    node = SignedNode.in(shared.resolve("data"));
    Files.copy(node.directory().resolve("checkpoint"), shared.resolve("old"));
    node.run(
        (open, checkpointer) -> {
          while (open.head().seq() < RECORDS) {
            open.appendNode(new Event.NodeStopped("more"));
          }
        });
    chain = node.open();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", CheckGoLogTest::serve);
    server.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.stop(0);
      chain.close();
    }
  }

  // ---- the log ---------------------------------------------------------------------------------

  private static void serve(HttpExchange exchange) throws IOException {
    byte[] answer = answer(exchange.getRequestURI().getPath());
    exchange.sendResponseHeaders(answer.length == 0 ? 404 : 200, Math.max(-1, answer.length));
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static byte[] answer(String path) throws IOException {
    Matcher tile = TILE.matcher(path);
    if (path.equals("/checkpoint")) {
      return Files.readAllBytes(node.directory().resolve("checkpoint"));
    }
    if (!tile.matches()) {
      return new byte[0];
    }
    long number = Long.parseLong(tile.group(2).replaceAll("[x/]", ""));
    int width = tile.group(3) == null ? Tile.WIDTH : Integer.parseInt(tile.group(3));
    return tile.group(1).equals("entries")
        ? entries(number, width)
        : chain.treeReader().hashes(new Tile(Integer.parseInt(tile.group(1)), number, width));
  }

  private static byte[] entries(long number, int width) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    for (String line :
        lines().subList((int) number * Tile.WIDTH, (int) number * Tile.WIDTH + width)) {
      byte[] json = json(line);
      data.writeShort(json.length);
      data.write(json);
    }
    return bytes.toByteArray();
  }

  private static List<String> lines() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int i = 1; Files.exists(Segments.file(node.directory(), i)); i++) {
      all.append(Files.readString(Segments.file(node.directory(), i)));
    }
    return all.toString().lines().toList();
  }

  private static byte[] json(String line) {
    return line.substring(65).getBytes(StandardCharsets.UTF_8);
  }

  private static Ended checkGo(String... options) throws Exception {
    return Tool.run(shared, Tool.withKeys(List.of(check.toString()), node.vkeys(), options));
  }

  private static String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void everyPartOfTheTreeProvesItsRecord() throws Exception {
    for (int index : new int[] {0, 255, 256, 511, 512, RECORDS - 1}) {
      Ended ended = checkGo("-url", url(), "-index", Integer.toString(index));

      assertThat(ended.text())
          .contains("ok    the record at index %d is the one with SHA-256".formatted(index))
          .contains(lines().get(index).substring(0, 64))
          .contains("\"seq\":%d,".formatted(index + 1));
      assertThat(ended.status()).isZero();
    }
  }

  @Test
  void theLogBeginsWithWhatAnOlderCheckpointCovers() throws Exception {
    Ended ended = checkGo("-url", url() + "/", "-old", "old");

    assertThat(ended.text()).contains("ok    the log begins with the 26 records that old covers");
    assertThat(ended.status()).isZero();
  }

  @Test
  void aLogThatWasRewrittenDoesNotBeginWithThem() throws Exception {
    // The same node, started over from an earlier copy, goes another way.
    Path copy = Files.createDirectory(root.resolve("fork"));
    for (String name : List.of("FORMAT", "node.key")) {
      Files.copy(node.directory().resolve(name), copy.resolve(name));
    }
    SignedNode.sealedWith(copy, 30);

    Ended ended = checkGo("-url", url(), "-old", copy.resolve("checkpoint").toString());

    assertThat(ended.text()).contains("FAILED: the log does not begin with the ");
    assertThat(ended.status()).isEqualTo(1);
  }

  @Test
  void whatIsNotThereIsSaid() throws Exception {
    assertThat(checkGo("-url", url(), "-index", "600").text()).contains("FAILED: there is no");
    assertThat(checkGo("-url", url() + "/none").text())
        .contains("FAILED: the log's checkpoint: GET /checkpoint: 404");
  }

  // ---- proofs ----------------------------------------------------------------------------------

  private static TlogProof proof(int index) throws IOException {
    SignedNote note = SignedNote.parse(Files.readAllBytes(node.directory().resolve("checkpoint")));
    return TlogProof.of(index, chain.treeReader().inclusion(index, RECORDS), note);
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(root.resolve(name), bytes);
  }

  @Test
  void aProofWithItsRecordIsAccepted() throws Exception {
    String line = lines().get(300);
    Path proof = file("d.tlog-proof", proof(300).withExtra(json(line)).bytes());

    Ended ended = checkGo("-proof", proof.toString());

    assertThat(ended.text())
        .contains("ok    the record at index 300 is the one with SHA-256 " + line.substring(0, 64))
        .endsWith(line.substring(65));
    assertThat(ended.status()).isZero();
  }

  @Test
  void aProofWithoutItsRecordNeedsIt() throws Exception {
    Path proof = file("d.tlog-proof", proof(300).bytes());
    Path line = file("line", (lines().get(300) + "\n").getBytes(StandardCharsets.UTF_8));
    Path json = file("json", json(lines().get(300)));

    assertThat(checkGo("-proof", proof.toString()).text()).contains("give the record with -record");
    assertThat(checkGo("-proof", proof.toString(), "-record", line.toString()).status()).isZero();
    assertThat(checkGo("-proof", proof.toString(), "-record", json.toString()).status()).isZero();
  }

  @Test
  void aProofOfAnotherRecordIsRefused() throws Exception {
    Path proof = file("d.tlog-proof", proof(300).withExtra(json(lines().get(301))).bytes());

    Ended ended = checkGo("-proof", proof.toString());

    assertThat(ended.text()).contains("FAILED: the record is not the one at index 300");
    assertThat(ended.status()).isEqualTo(1);
  }

  @Test
  void aProofUnderAnotherKeyIsRefused() throws Exception {
    Path proof = file("d.tlog-proof", proof(300).withExtra(json(lines().get(300))).bytes());

    Ended ended =
        Tool.run(
            shared,
            Tool.withKeys(
                List.of(check.toString()), node.vkeys().subList(0, 1), "-proof", proof.toString()));

    assertThat(ended.text()).contains("FAILED: the proof's checkpoint: not signed by a key");
    assertThat(ended.status()).isEqualTo(1);
  }
}
