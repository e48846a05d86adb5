package io.quaestor.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.chaos.client.Answer;
import io.quaestor.chaos.client.Connection;
import io.quaestor.chaos.process.Finished;
import io.quaestor.chaos.process.Node;
import io.quaestor.chaos.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes, each a process of its own: one cosigns the other's checkpoints. */
class WitnessedNodesTest {

  @TempDir private Path directory;

  private Path made(String name) {
    return directory.resolve(name + ".key");
  }

  private String key(String origin, String name, String... options) {
    String[] arguments = new String[4 + options.length];
    System.arraycopy(options, 0, arguments, 2, options.length);
    arguments[0] = "keys";
    arguments[1] = "generate";
    arguments[arguments.length - 2] = origin;
    arguments[arguments.length - 1] = made(name).toString();
    Finished ended = Node.in(directory).command(arguments);
    assertThat(ended.status()).as(ended.output()).isZero();
    return ended.out().strip();
  }

  private Node log(int witnessPort, String witness, String quorum) throws IOException {
    Path home = Files.createDirectories(directory.resolve("log"));
    return Node.in(home)
        .with("QUAESTOR_NODE", "node-a")
        .with("QUAESTOR_CHECKPOINT_KEY_FILE", made("a").toString())
        .with(
            "QUAESTOR_CHECKPOINT_WITNESSES",
            "http://127.0.0.1:%d/witness %s".formatted(witnessPort, witness))
        .with("QUAESTOR_CHECKPOINT_WITNESS_QUORUM", quorum);
  }

  @Test
  void aProofCarriesTheCosignatureThatIsRequired() throws IOException {
    String log = key("quaestor.local/node-a", "a");
    String witness = key("quaestor.local/node-b/witness", "w", "--witness");
    Node other =
        Node.in(Files.createDirectories(directory.resolve("witness")))
            .with("QUAESTOR_NODE", "node-b")
            .with("QUAESTOR_WITNESS_LOGS", log)
            .with("QUAESTOR_WITNESS_KEY_FILE", made("w").toString());
    Path proof = directory.resolve("proof.json");

    try (ServerProcess witnessing = other.start();
        ServerProcess server = log(witnessing.port(), witness, "1").start();
        Connection connection = server.connect()) {
      assertThat(witnessing.output()).contains("Witness of 1 logs as " + witness);
      String id = decide(connection);
      Files.writeString(
          proof,
          connection.get("/api/v1/decisions/%s/proof?wait=checkpoint".formatted(id)).ok().body());
      // The other node has a log of its own, which nobody has to cosign.
      try (Connection toOther = witnessing.connect()) {
        String own = decide(toOther);
        toOther.get("/api/v1/decisions/%s/proof?wait=checkpoint".formatted(own)).ok();
      }
      assertThat(server.stop().status()).isZero();
    }

    Finished proved = other.command("verify", proof.toString(), "--key", log, "--witness", witness);
    assertThat(proved.status()).as(proved.output()).isZero();
    assertThat(proved.out()).contains("cosigned by 1 witness");
  }

  @Test
  void withoutItsWitnessANodeDecidesButProvesNothing() throws IOException {
    key("quaestor.local/node-a", "a");
    String witness = key("quaestor.local/node-b/witness", "w", "--witness");

    try (ServerProcess server = log(1, witness, "1").start();
        Connection connection = server.connect()) {
      String id = decide(connection);
      Answer pending = connection.get("/api/v1/decisions/%s/proof".formatted(id));

      assertThat(pending.status()).isEqualTo(503);
      assertThat(pending.code()).isEqualTo("checkpoint_pending");
      assertThat(server.stop().status()).isZero();
    }
  }

  private static String decide(Connection connection) throws IOException {
    return connection
        .post("/api/v1/route", "{\"input_tokens\":10}")
        .ok()
        .json()
        .path("decision_id")
        .asText();
  }
}
