package io.quaestor.http.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import io.quaestor.persistence.chain.Segments;
import io.quaestor.persistence.note.SigningKey;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start of a node that is to be a witness and cannot. */
class WitnessStartTest {

  @TempDir private Path root;

  @Test
  void aWitnessKeyThatIsNoneFailsTheStartBeforeAnythingIsRecorded() throws Exception {
    Path witnessKey = Files.writeString(root.resolve("witness.key"), "nonsense");
    Files.setPosixFilePermissions(witnessKey, PosixFilePermissions.fromString("rw-------"));
    Path data = root.resolve("data");

    assertThatThrownBy(() -> start(config(data, witnessKey)))
        .isInstanceOf(NodeConfig.Invalid.class)
        .hasMessageContaining("cannot be a witness");

    assertThat(data.resolve("node.key")).doesNotExist();
    Path segment = Segments.file(data, 1);
    assertThat(Files.exists(segment) ? Files.size(segment) : 0).isZero();
  }

  private static void start(Config config) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    NodeProcess.run(config, nowhere, nowhere);
  }

  private static Config config(Path data, Path witnessKey) {
    String log = SigningKey.generate("example.com/log", new SecureRandom()).verifier().toString();
    return NodeConfig.load(
        null,
        Map.of(),
        Map.of(
            "quaestor.data-dir",
            data.toString(),
            "quaestor.http.port",
            "0",
            "quaestor.witness.logs",
            log,
            "quaestor.witness.key-file",
            witnessKey.toString()));
  }
}
