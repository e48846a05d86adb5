package io.quaestor.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The driver against a real server process: the whole way, with the audit at its end. */
class LoadCommandTest {

  @Test
  @Timeout(120)
  void agreesWithARealServer() {
    StringWriter printed = new StringWriter();
    CommandLine line = Main.line();
    line.setOut(new PrintWriter(printed, true));
    line.setErr(new PrintWriter(printed, true));

    int status =
        line.execute(
            "load", "--requests=2000", "--tenants=20", "--connections=32", "--seed=20261123");

    assertThat(printed.toString()).contains("audit: agrees").contains("lost: 0");
    assertThat(status).isZero();
  }
}
