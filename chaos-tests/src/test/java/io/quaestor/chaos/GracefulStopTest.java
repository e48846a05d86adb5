package io.quaestor.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.chaos.chain.Books;
import io.quaestor.chaos.chain.ChainFiles;
import io.quaestor.chaos.chain.Follower;
import io.quaestor.chaos.client.Connection;
import io.quaestor.chaos.load.Audit;
import io.quaestor.chaos.load.Load;
import io.quaestor.chaos.process.Finished;
import io.quaestor.chaos.process.Node;
import io.quaestor.chaos.process.Run;
import io.quaestor.chaos.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GracefulStopTest {

  private static final int TENANTS = 24;
  private static final int CONNECTIONS = 16;
  private static final Duration LOAD = Duration.ofMillis(1_500);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  void sealsEveryAnsweredCallAndTheStopItselfWhenItIsToldToStopUnderLoad() throws IOException {
    long seed = Knobs.seed("GracefulStopTest");
    Node node = Node.in(directory);
    Load load = new Load(seed, TENANTS, CONNECTIONS);
    Audit audit = new Audit(load, new Follower(node.data()));

    try (ServerProcess server = node.start()) {
      load.define(server.port());
      load.begin(server.port());
      ServerProcess.sleep(LOAD);
      server.terminate();
      Finished stopped = server.finish();
      load.end();
      assertThat(stopped.status()).as(stopped.output()).isZero();
      assertThat(stopped.out()).contains("Stopped; everything is sealed.");
      assertThat(stopped.err()).isEmpty();
    }

    audit.compare();
    assertThat(audit.books().lastType()).isEqualTo("NodeStopped");
    assertThat(audit.books().count("DecisionMade")).isPositive();
    assertThat(node.verify().status()).isZero();

    try (ServerProcess again = node.start();
        Connection connection = again.connect()) {
      audit.repeatUnknown(connection);
      audit.compareBudgets(connection);
      audit.compare();
    }
  }

  /** 143 is how a JVM ends that had nothing to put in order yet. */
  @Test
  void takesNoHarmWhenItIsToldToStopWhileItStarts() throws IOException {
    Node node = Node.in(directory);
    for (int millis : new int[] {200, 700, 1_200, 1_700, 2_200}) {
      try (Run start = node.serve()) {
        ServerProcess.sleep(Duration.ofMillis(millis));
        start.terminate();
        Finished stopped = start.finish(STOP_LIMIT);
        assertThat(stopped.status()).as(stopped.output()).isIn(0, 143);
        assertThat(stopped.output()).doesNotContain("\tat ");
      }
    }

    try (ServerProcess again = node.start()) {
      assertThat(again.stop().status()).isZero();
    }
    assertThat(node.verify().status()).isZero();
  }

  @Test
  void stopsAnIdleNode() throws IOException {
    Node node = Node.in(directory);
    try (ServerProcess server = node.start()) {
      Finished stopped = server.stop();
      assertThat(stopped.status()).as(stopped.output()).isZero();
    }

    Books books = new Books();
    ChainFiles.lines(node.data()).forEach(books::add);
    assertThat(books.lastType()).isEqualTo("NodeStopped");
    assertThat(books.count("NodeStarted")).isEqualTo(1);
  }
}
