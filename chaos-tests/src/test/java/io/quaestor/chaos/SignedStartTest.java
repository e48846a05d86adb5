package io.quaestor.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.chaos.chain.ChainFiles;
import io.quaestor.chaos.client.Connection;
import io.quaestor.chaos.process.Finished;
import io.quaestor.chaos.process.Node;
import io.quaestor.chaos.process.ServerProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Changes the directory of a node that signs and is anchored, in ways that leave the hash chain
 * sound, and sees the start refused with status 3 and a code.
 */
class SignedStartTest {

  private static final int CHAIN_BROKEN = 3;

  @TempDir private static Path shared;

  /** The directory as it was in the middle of its life. */
  private static Path early;

  @TempDir private Path directory;

  private Node node;

  @BeforeAll
  static void twoLives() throws IOException {
    Files.createDirectory(shared.resolve("anchor"));
    Node first = node(shared);
    live(first, 30);
    early = shared.resolve("early");
    copy(first.data(), early);
    live(first, 30);
  }

  private static Node node(Path directory) {
    return Node.in(directory)
        .with("QUAESTOR_CHECKPOINT_ANCHOR", directory.resolve("anchor").toString());
  }

  private static void live(Node node, int decisions) throws IOException {
    try (ServerProcess server = node.start();
        Connection connection = server.connect()) {
      for (int i = 0; i < decisions; i++) {
        connection.post("/api/v1/route", "{\"input_tokens\":%d}".formatted(i + 1)).ok();
      }
      assertThat(server.stop().status()).isZero();
    }
  }

  /** The node of this test has a copy of everything, the anchor too, under another path. */
  @BeforeEach
  void copyEverything() throws IOException {
    copy(node(shared).data(), directory.resolve("data"));
    // Its anchor is where the chain says.
    node =
        Node.in(directory).with("QUAESTOR_CHECKPOINT_ANCHOR", shared.resolve("anchor").toString());
  }

  private interface Change {
    void to(Path data) throws IOException;
  }

  private record Case(String name, Change change, String code) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> changes() {
    return Stream.of(
        new Case(
            "the last record cut in two, after an orderly stop, without an index",
            data -> {
              deleteTree(data.resolve("index"));
              Path last = ChainFiles.segments(data).getLast();
              try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
                file.setLength(file.length() - 50);
              }
            },
            "chain_truncated"),
        new Case(
            "the checkpoint removed",
            data -> Files.delete(data.resolve("checkpoint")),
            "checkpoint_missing"),
        new Case(
            "the checkpoint's signature replaced",
            data -> {
              Path file = data.resolve("checkpoint");
              Files.writeString(file, Files.readString(file).replaceFirst("(?m)^(\\d+)$", "1"));
            },
            "checkpoint_forged"),
        new Case("everything rolled back", data -> rollBack(data), "chain_rolled_back"),
        new Case("everything removed", SignedStartTest::deleteTree, "chain_rolled_back"),
        new Case(
            "segments and index rolled back, the checkpoint forgotten",
            data -> {
              byte[] checkpoint = Files.readAllBytes(data.resolve("checkpoint"));
              rollBack(data);
              Files.write(data.resolve("checkpoint"), checkpoint);
            },
            "chain_truncated"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void isRefusedWithACode(Case change) throws IOException {
    change.change().to(node.data());

    Finished refused = node.refused();

    assertThat(refused.status()).as(refused.output()).isEqualTo(CHAIN_BROKEN);
    assertThat(refused.err()).contains("(" + change.code() + ")").doesNotContain("\tat ");
  }

  /** The honest limit: nothing outside of the directory, so nothing knows better. */
  @Test
  void aRollBackIsNotNoticedWithoutTheAnchor() throws IOException {
    rollBack(node.data());

    try (ServerProcess server = Node.in(directory).start()) {
      assertThat(server.stop().status()).isZero();
    }
  }

  @Test
  void theUnchangedCopyStartsAndItsIndexIsMadeAgain() throws IOException {
    deleteTree(node.data().resolve("index"));

    try (ServerProcess server = node.start()) {
      assertThat(server.output())
          .contains("sound, as ")
          .contains("Signing as quaestor.local/node-1");
      assertThat(server.stop().status()).isZero();
    }
  }

  @Test
  void aKilledNodeStartsAgainWithItsCheckpoints() throws IOException {
    Node fresh = Node.in(directory.resolve("fresh"));
    Files.createDirectories(fresh.scratch());
    for (int life = 0; life < 3; life++) {
      try (ServerProcess server = fresh.start();
          Connection connection = server.connect()) {
        for (int i = 0; i < 20; i++) {
          connection.post("/api/v1/route", "{\"input_tokens\":%d}".formatted(i + 1)).ok();
        }
        server.kill();
      }
      assertThat(fresh.verify().status()).isZero();
    }
  }

  @Test
  void theKeyCanBeGivenByAVariableAndNeverShows() throws IOException {
    Path made = directory.resolve("made.key");
    Node fresh = Node.in(directory.resolve("fresh"));
    Files.createDirectories(fresh.scratch());
    String key =
        fresh.command("keys", "generate", "quaestor.local/node-1", made.toString()).out().strip();
    String secret = Files.readString(made).strip();

    try (ServerProcess server = fresh.with("QUAESTOR_CHECKPOINT_KEY", secret).start()) {
      assertThat(server.output()).contains(key).doesNotContain(secret);
      assertThat(server.stop().status()).isZero();
    }

    assertThat(fresh.data().resolve("node.key")).doesNotExist();
    Finished withoutKey = fresh.refused();
    assertThat(withoutKey.status()).isEqualTo(2);
    assertThat(withoutKey.err()).contains("(key_unreadable)");
    Finished wrong = fresh.with("QUAESTOR_CHECKPOINT_KEY", "PRIVATE+KEY+nonsense").refused();
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.output()).doesNotContain("\tat ").doesNotContain("nonsense");
  }

  // ---- files -----------------------------------------------------------------------------------

  private static void rollBack(Path data) throws IOException {
    deleteTree(data);
    copy(early, data);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path file : tree.toList()) {
        Files.copy(
            file,
            to.resolve(from.relativize(file).toString()),
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void deleteTree(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(root)) {
      files = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
