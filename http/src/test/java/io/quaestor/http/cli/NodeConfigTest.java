package io.quaestor.http.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeConfigTest {

  @TempDir Path directory;

  @Test
  void prefersFlagsToVariablesToTheFileToTheDefaults() throws Exception {
    Path file = Files.writeString(directory.resolve("node.conf"), "quaestor { http.port = 1 }");

    assertThat(port(NodeConfig.load(null, Map.of(), Map.of()))).isEqualTo(8080);
    assertThat(port(NodeConfig.load(file, Map.of(), Map.of()))).isEqualTo(1);
    assertThat(port(NodeConfig.load(file, Map.of("QUAESTOR_HTTP_PORT", "2"), Map.of())))
        .isEqualTo(2);
    assertThat(
            port(
                NodeConfig.load(
                    file, Map.of("QUAESTOR_HTTP_PORT", "2"), Map.of("quaestor.http.port", "3"))))
        .isEqualTo(3);
  }

  @Test
  void namesAnUnknownVariable() {
    assertThatThrownBy(() -> NodeConfig.load(null, Map.of("QUAESTOR_PROT", "1"), Map.of()))
        .isInstanceOf(NodeConfig.Invalid.class)
        .hasMessageContaining("QUAESTOR_PROT")
        .hasMessageContaining("QUAESTOR_HTTP_PORT");
  }

  @Test
  void namesAnUnknownSettingOfTheFile() throws Exception {
    Path file = Files.writeString(directory.resolve("node.conf"), "quaestor.http.prot = 1");

    assertThatThrownBy(() -> NodeConfig.load(file, Map.of(), Map.of()))
        .isInstanceOf(NodeConfig.Invalid.class)
        .hasMessageContaining("quaestor.http.prot")
        .hasMessageContaining("quaestor.http.port");
  }

  @Test
  void namesASettingOfTheWrongType() {
    assertThatThrownBy(
            () -> NodeConfig.load(null, Map.of("QUAESTOR_HTTP_PORT", "eighty"), Map.of()))
        .isInstanceOf(NodeConfig.Invalid.class)
        .hasMessageContaining("quaestor.http.port")
        .hasMessageContaining("number")
        .hasMessageContaining("eighty");
  }

  @ParameterizedTest
  @CsvSource({
    "quaestor.checkpoint.signing, QUAESTOR_CHECKPOINT_SIGNING",
    "quaestor.http.echo, QUAESTOR_HTTP_ECHO"
  })
  void aSwitchIsOnOrOffInAnyOfTheUsualWords(String path, String variable) {
    for (String on : List.of("on", "true", "yes")) {
      assertThat(NodeConfig.load(null, Map.of(variable, on), Map.of()).getBoolean(path)).isTrue();
    }
    for (String off : List.of("off", "false", "no")) {
      assertThat(NodeConfig.load(null, Map.of(variable, off), Map.of()).getBoolean(path)).isFalse();
    }
    assertThatThrownBy(() -> NodeConfig.load(null, Map.of(variable, "maybe"), Map.of()))
        .isInstanceOf(NodeConfig.Invalid.class)
        .hasMessageContaining("'%s' (variable %s) must be on or off", path, variable);
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThatThrownBy(() -> NodeConfig.load(directory.resolve("none.conf"), Map.of(), Map.of()))
        .isInstanceOf(NodeConfig.Invalid.class)
        .hasMessageContaining("none.conf");
  }

  @Test
  void refusesAnAddressThatIsNotLoopback() {
    Config config = NodeConfig.load(null, Map.of(), Map.of("quaestor.http.host", "192.0.2.1"));

    assertThatThrownBy(
            () ->
                NodeProcess.run(
                    config,
                    new PrintWriter(Writer.nullWriter()),
                    new PrintWriter(Writer.nullWriter())))
        .isInstanceOf(NodeConfig.Invalid.class)
        .hasMessageContaining("loopback");
  }

  private static int port(Config config) {
    return config.getInt("quaestor.http.port");
  }

  @Test
  void namesASettingOutOfItsBounds() {
    for (String wrong : List.of("-5", "many", "")) {
      assertThatThrownBy(
              () -> NodeConfig.load(null, Map.of("QUAESTOR_TENANT_ASK_TIMEOUT", wrong), Map.of()))
          .isInstanceOf(NodeConfig.Invalid.class)
          .hasMessageContaining("quaestor.tenant.ask-timeout")
          .hasMessageContaining("a duration from 100 to 3600000 ms")
          .hasMessageContaining("'" + wrong + "'");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "quaestor.learning.snapshot-every, QUAESTOR_LEARNING_SNAPSHOT_EVERY, -1",
    "quaestor.learning.waiting-max, QUAESTOR_LEARNING_WAITING_MAX, 0"
  })
  void namesASettingOfLearningOutOfItsBounds(String path, String variable, String wrong) {
    assertThatThrownBy(() -> NodeConfig.load(null, Map.of(variable, wrong), Map.of()))
        .isInstanceOf(NodeConfig.Invalid.class)
        .hasMessageContaining("'%s' (variable %s) must be a number from", path, variable)
        .hasMessageContaining("'" + wrong + "'");
  }

  @Test
  void namesANodeNameThatIsNone() {
    assertThatThrownBy(() -> NodeConfig.load(null, Map.of("QUAESTOR_NODE", "two words"), Map.of()))
        .isInstanceOf(NodeConfig.Invalid.class)
        .hasMessageContaining("two words")
        .hasMessageContaining("QUAESTOR_NODE");
  }
}
