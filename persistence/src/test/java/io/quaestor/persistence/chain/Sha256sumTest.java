package io.quaestor.persistence.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.Samples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256sumTest {

  private static final String SCRIPT =
      """
      while IFS= read -r line; do
        printf '%s' "$line" | cut -c66- | tr -d '\\n' | sha256sum | cut -c1-64
      done
      """;

  @TempDir Path directory;

  @Test
  void anyoneCanCheckAChainWithSha256sum() throws Exception {
    assumeThat(Path.of("/usr/bin/sha256sum")).exists();
    try (NodeChain chain = Samples.open(directory)) {
      chain.append(Samples.atomic("grün", 1, 3));
      chain.append(List.of(Draft.of("tenant|b", 1, Samples.decision("b", "d-1"))));
    }
    Path segment = Segments.file(directory, 1);

    Process shell = new ProcessBuilder("sh", "-c", SCRIPT).redirectInput(segment.toFile()).start();
    List<String> computed =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();

    assertThat(computed)
        .hasSize(4)
        .isEqualTo(Files.readAllLines(segment).stream().map(l -> l.substring(0, 64)).toList());
  }
}
