package io.quaestor.chaos.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.chaos.chain.ChainFiles;
import io.quaestor.chaos.chain.Follower;
import io.quaestor.chaos.chain.Line;
import io.quaestor.chaos.process.Node;
import io.quaestor.chaos.process.ServerProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge of the other tests is judged: what it exists to find, it finds. */
class AuditTest {

  private static final int LOST = 30;
  private static final Duration LOAD = Duration.ofMillis(500);

  @TempDir private Path directory;

  /**
   * Cut off at a line end and without its index, a chain is sound in itself: only those who were
   * answered can tell.
   */
  @Test
  void missesAcknowledgedRecordsThatAreGone() throws IOException {
    Node node = Node.in(directory);
    Load load = new Load(1, 6, 4);
    try (ServerProcess server = node.start()) {
      load.define(server.port());
      load.begin(server.port());
      ServerProcess.sleep(LOAD);
      server.kill();
      load.end();
    }
    lose(node.data());

    try (ServerProcess again = node.start()) {
      Audit audit = new Audit(load, new Follower(node.data()));

      assertThatThrownBy(audit::compare)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("was answered with");
      again.kill();
    }
  }

  private static void lose(Path data) throws IOException {
    List<Line> lines = ChainFiles.lines(data);
    Line first = lines.get(lines.size() - LOST);
    try (RandomAccessFile segment = new RandomAccessFile(first.segment().toFile(), "rw")) {
      segment.setLength(first.offset());
    }
    Files.move(data.resolve("index"), data.resolveSibling("index-aside"));
  }
}
