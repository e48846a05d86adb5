package io.quaestor.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.chaos.client.Connection;
import io.quaestor.chaos.process.Finished;
import io.quaestor.chaos.process.Node;
import io.quaestor.chaos.process.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a node from starting is said in a sentence that tells what to do. */
class UnusableDirectoryTest {

  private static final int FAILED = 1;
  private static final int UNUSABLE = 2;

  @TempDir private static Path shared;

  @TempDir private Path directory;

  @BeforeAll
  static void writeADirectory() {
    try (ServerProcess server = Node.in(shared).start()) {
      assertThat(server.stop().status()).isZero();
    }
  }

  private static void isASentence(Finished refused, int status, String... parts) {
    assertThat(refused.status()).as(refused.output()).isEqualTo(status);
    assertThat(refused.err()).contains(parts);
    assertThat(refused.output())
        .doesNotContain("\tat ", "Exception", "io.quaestor.", "org.apache.", "Listening");
    assertThat(refused.err().lines().filter(line -> !line.isBlank()).count())
        .as(refused.err())
        .isLessThanOrEqualTo(3);
  }

  // ---- directories -----------------------------------------------------------------------------

  @Test
  void refusesADirectoryThatARunningNodeHolds() throws IOException {
    Node node = Node.in(directory);
    try (ServerProcess first = node.start();
        Connection connection = first.connect()) {
      connection.post("/api/v1/route", "{\"input_tokens\":10}").ok();

      Finished second = node.refused();

      isASentence(second, UNUSABLE, "in use by another node", node.data().toString());
      connection.post("/api/v1/route", "{\"input_tokens\":11}").ok();
      assertThat(first.stop().status()).isZero();
    }
    assertThat(node.verify().status()).isZero();
  }

  @Test
  void refusesADirectoryThatCannotBeWritten() throws IOException {
    try (Mount mount = Mount.ofMebibytes(directory.resolve("mount"), 64)) {
      Node node = Node.in(directory).withData(mount.path().resolve("data"));
      Snapshot.copy(Node.in(shared).data(), node.data());
      mount.readOnly();

      isASentence(node.refused(), UNUSABLE, "cannot be written", node.data().toString());

      Finished verified = node.verify();
      assertThat(verified.status()).as(verified.output()).isZero();
    }
  }

  @Test
  void refusesADirectoryThatCannotBeCreated() throws IOException {
    try (Mount mount = Mount.ofMebibytes(directory.resolve("mount"), 1)) {
      mount.readOnly();
      Node node = Node.in(directory).withData(mount.path().resolve("data"));

      isASentence(node.refused(), UNUSABLE, "cannot be written", node.data().toString());
    }
  }

  /** For a user to whom permission bits apply. */
  @Test
  void refusesADirectoryWithoutTheRightToWrite() throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    assertThat(data.toFile().setWritable(false)).isTrue();
    Assumptions.assumeFalse(
        Files.isWritable(data), "permission bits do not bind this user (it is root)");
    try {
      isASentence(Node.in(directory).refused(), UNUSABLE, "cannot be written", data.toString());
    } finally {
      assertThat(data.toFile().setWritable(true)).isTrue();
    }
  }

  @Test
  void refusesAFileInPlaceOfADirectory() throws IOException {
    Node node = Node.in(directory);
    Files.writeString(node.data(), "not a directory");

    isASentence(node.refused(), UNUSABLE, node.data().toString());
  }

  @Test
  void refusesAFormatThatIsNewerThanItself() throws IOException {
    Node node = written();
    Path format = node.data().resolve("FORMAT");
    Files.writeString(
        format, Files.readString(format).replace("quaestor-chain 1", "quaestor-chain 2"));
    Map<String, String> before = Snapshot.evidence(node.data());

    isASentence(node.refused(), UNUSABLE, "format 2", "newer");
    assertThat(Snapshot.evidence(node.data())).isEqualTo(before);
  }

  @Test
  void refusesADirectoryOfAnotherNode() throws IOException {
    Node node = written();
    Map<String, String> before = Snapshot.evidence(node.data());

    isASentence(node.withOptions("--node", "node-2").refused(), UNUSABLE, "node-1", "node-2");
    assertThat(Snapshot.evidence(node.data())).isEqualTo(before);
  }

  /** A node whose directory was written by a server that stopped in order. */
  private Node written() throws IOException {
    Node node = Node.in(directory);
    Snapshot.copy(Node.in(shared).data(), node.data());
    return node;
  }

  // ---- ports -----------------------------------------------------------------------------------

  @Test
  void refusesAPortInUse() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Node node = Node.in(directory).withOptions("--port", Integer.toString(other.getLocalPort()));

      isASentence(
          node.refused(), FAILED, "Cannot listen on", Integer.toString(other.getLocalPort()));
    }
  }

  @Test
  void refusesAPortThatIsNone() {
    isASentence(Node.in(directory).withOptions("--port", "70000").refused(), UNUSABLE, "port");
    isASentence(Node.in(directory).withOptions("--port", "http").refused(), UNUSABLE, "port");
    isASentence(Node.in(directory).withOptions("--port", "-1").refused(), UNUSABLE, "port");
  }

  @Test
  void refusesToListenBeyondTheMachineWithoutKeys() {
    isASentence(
        Node.in(directory).withOptions("--host", "0.0.0.0").refused(), UNUSABLE, "loopback");
  }

  // ---- settings --------------------------------------------------------------------------------

  @Test
  void refusesAnUnknownVariable() {
    isASentence(
        Node.in(directory).with("QUAESTOR_HTTP_PROT", "1").refused(),
        UNUSABLE,
        "QUAESTOR_HTTP_PROT",
        "QUAESTOR_HTTP_PORT");
  }

  @Test
  void refusesAVariableOfTheWrongType() {
    isASentence(
        Node.in(directory).with("QUAESTOR_HTTP_BODY_BYTES_MAX", "plenty").refused(),
        UNUSABLE,
        "QUAESTOR_HTTP_BODY_BYTES_MAX",
        "plenty");
  }

  @Test
  void refusesAVariableOutOfRange() {
    for (String variable :
        List.of(
            "QUAESTOR_HTTP_BODY_BYTES_MAX",
            "QUAESTOR_TENANT_WAITING_MAX",
            "QUAESTOR_TENANT_BATCH_MAX",
            "QUAESTOR_CHAIN_SEGMENT_BYTES")) {
      isASentence(Node.in(directory).with(variable, "-5").refused(), UNUSABLE, "-5");
    }
  }

  @Test
  void refusesADurationThatIsNone() {
    isASentence(
        Node.in(directory).with("QUAESTOR_TENANT_ASK_TIMEOUT", "soon").refused(),
        UNUSABLE,
        "ask-timeout",
        "soon");
  }

  @Test
  void refusesANodeNameThatIsNone() {
    isASentence(
        Node.in(directory).withOptions("--node", "two words").refused(), UNUSABLE, "two words");
  }

  @Test
  void refusesACatalogThatIsNotInForce() {
    isASentence(
        Node.in(directory).with("QUAESTOR_CATALOG", "none-such").refused(), UNUSABLE, "none-such");
  }

  @Test
  void refusesAnUnknownSettingInAFile() throws IOException {
    isASentence(
        withFile("quaestor.http.prot = 8080").refused(),
        UNUSABLE,
        "quaestor.http.prot",
        "quaestor.http.port");
  }

  @Test
  void refusesAWrongSettingInAFile() throws IOException {
    isASentence(
        withFile("quaestor.http.body-bytes-max = [1, 2]").refused(),
        UNUSABLE,
        "quaestor.http.body-bytes-max");
  }

  @Test
  void refusesAFileThatCannotBeParsed() throws IOException {
    isASentence(withFile("quaestor { http {").refused(), UNUSABLE, "node.conf");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    Path file = directory.resolve("none.conf");
    isASentence(
        Node.in(directory).withOptions("--config", file.toString()).refused(),
        UNUSABLE,
        file.toString());
  }

  private Node withFile(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("node.conf"), content);
    return Node.in(directory).withOptions("--config", file.toString());
  }

  @Test
  void saysHowItIsUsedWhenAskedWrongly() {
    Finished unknown = Node.in(directory).command("sevre");
    assertThat(unknown.status()).isEqualTo(UNUSABLE);
    assertThat(unknown.output()).contains("sevre", "serve").doesNotContain("\tat ");

    Finished none = Node.in(directory).command();
    assertThat(none.status()).isEqualTo(UNUSABLE);
    assertThat(none.output()).contains("serve", "verify").doesNotContain("\tat ");
  }

  @Test
  void verifiesAndExportsOnlyWhatIsAChain() throws IOException {
    Node node = Node.in(directory);
    isASentence(node.verify(), UNUSABLE, node.data().toString());
    isASentence(node.export(), UNUSABLE, node.data().toString());
    assertThat(node.data()).doesNotExist();

    Files.createDirectories(node.data());
    isASentence(node.verify(), UNUSABLE, node.data().toString());
    isASentence(node.export(), UNUSABLE, node.data().toString());
  }
}
