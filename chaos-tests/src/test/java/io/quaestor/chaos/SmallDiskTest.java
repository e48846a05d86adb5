package io.quaestor.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quaestor.chaos.chain.Follower;
import io.quaestor.chaos.client.Answer;
import io.quaestor.chaos.client.Connection;
import io.quaestor.chaos.load.Audit;
import io.quaestor.chaos.load.Load;
import io.quaestor.chaos.process.Finished;
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

/** Fills the disk below a node under load. */
class SmallDiskTest {

  private static final int DISK_MEBIBYTES = 64;
  private static final int MEBIBYTE = 1024 * 1024;
  private static final int FLOOR_MEBIBYTES = 12;
  private static final int HARD_FLOOR_MEBIBYTES = 4;
  private static final String TOP_UP = "/api/v1/tenants/t-0/top-up";
  private static final int TENANTS = 8;
  private static final int CONNECTIONS = 8;
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @TempDir private Path directory;

  private static Node node(Path directory, Mount mount) {
    return Node.in(directory)
        .withData(mount.path().resolve("data"))
        .with("QUAESTOR_CHAIN_FREE_SPACE_FLOOR", Integer.toString(FLOOR_MEBIBYTES * MEBIBYTE))
        .with(
            "QUAESTOR_CHAIN_FREE_SPACE_HARD_FLOOR",
            Integer.toString(HARD_FLOOR_MEBIBYTES * MEBIBYTE));
  }

  @Test
  void refusesBeforeTheDiskIsFullAndGoesOnWhenThereIsRoomAgain() throws IOException {
    try (Mount mount = Mount.ofMebibytes(directory.resolve("disk"), DISK_MEBIBYTES)) {
      Node node = node(directory, mount);
      Load load = new Load(Knobs.seed("SmallDiskTest"), TENANTS, CONNECTIONS);
      Audit audit = new Audit(load, new Follower(node.data()));

      try (ServerProcess server = node.start();
          Connection connection = server.connect()) {
        Path ballast = ballast(mount, "ballast", FLOOR_MEBIBYTES + 2);
        load.define(server.port());
        load.begin(server.port());
        awaitAnswer(server, 503);
        load.end();
        assertThat(load.tally()).containsKey("refused audit_unavailable");
        isRefused(route(connection, "below the floor"));
        connection.post(TOP_UP, "{\"amount_microcents\":1}").ok();

        Path more = ballast(mount, "more", HARD_FLOOR_MEBIBYTES - 1);
        awaitAnswer(server, 503);
        isRefused(connection.post(TOP_UP, "{\"amount_microcents\":2}"));
        isRefused(connection.put("/api/v1/policies", policy(connection)));
        connection.get("/api/v1/tenants/t-0").ok();

        Files.delete(ballast);
        Files.delete(more);
        awaitAnswer(server, 200);
        connection.post(TOP_UP, "{\"amount_microcents\":3}").ok();
        connection.put("/api/v1/policies", policy(connection)).ok();
        audit.compare();
        audit.repeatUnknown(connection);
        audit.compareBudgets(connection);
        audit.compare();
        Finished stopped = server.stop();
        assertThat(stopped.status()).as(stopped.output()).isZero();
        assertThat(stopped.err()).isEmpty();
      }
      Finished verified = node.verify();
      assertThat(verified.status()).as(verified.output()).isZero();
    }
  }

  private static void isRefused(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("audit_unavailable");
    assertThat(answer.message()).contains("nothing was done");
    assertThat(answer.headers()).containsKey("retry-after");
  }

  /** The policy in force, with another floor. */
  private static String policy(Connection connection) throws IOException {
    ObjectNode policy = (ObjectNode) connection.get("/api/v1/policies/default").ok().json();
    policy.remove(List.of("version", "digest"));
    policy.put("default_floor_bps", policy.path("default_floor_bps").asInt() + 1);
    return policy.toString();
  }

  @Test
  void takesNoHarmWhenSomebodyElseFillsTheDisk() throws IOException {
    try (Mount mount = Mount.ofMebibytes(directory.resolve("disk"), DISK_MEBIBYTES)) {
      Node node = node(directory, mount);
      Load load = new Load(Knobs.seed("SmallDiskTest"), TENANTS, CONNECTIONS);
      Audit audit = new Audit(load, new Follower(node.data()));

      Path ballast;
      try (ServerProcess server = node.start()) {
        load.define(server.port());
        load.begin(server.port());
        ServerProcess.sleep(Duration.ofMillis(500));
        ballast = ballast(mount, "ballast", 0);
        ServerProcess.sleep(Duration.ofSeconds(2));
        load.end();
        if (server.isAlive()) {
          server.terminate();
        }
        Finished ended = server.finish();
        assertThat(ended.status()).as(ended.output()).isIn(0, 4);
        if (ended.status() == 0) {
          assertThat(ended.err()).contains("the stop itself is not sealed");
        }
      }

      Finished full = node.refused();
      assertThat(full.status()).as(full.output()).isEqualTo(2);
      assertThat(full.err()).contains("disk", "full", node.data().toString());

      Files.delete(ballast);
      try (ServerProcess server = node.start();
          Connection connection = server.connect()) {
        audit.compare();
        audit.repeatUnknown(connection);
        audit.compareBudgets(connection);
        audit.compare();
        assertThat(server.stop().status()).isZero();
      }
      assertThat(node.verify().status()).isZero();
    }
  }

  /** A file that leaves this many MiB of the disk, at most. */
  private static Path ballast(Mount mount, String name, int leftMebibytes) throws IOException {
    Path file = mount.path().resolve(name);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] zeros = new byte[MEBIBYTE / 16];
      while (free(mount) > (long) leftMebibytes * MEBIBYTE) {
        out.write(zeros);
      }
    } catch (IOException e) {
      assertThat(free(mount)).as(e.getMessage()).isLessThan(MEBIBYTE);
    }
    return file;
  }

  private static long free(Mount mount) throws IOException {
    return Files.getFileStore(mount.path()).getUsableSpace();
  }

  private static void awaitAnswer(ServerProcess server, int status) throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (Connection connection = server.connect()) {
      for (int i = 0; System.nanoTime() < deadline; i++) {
        if (route(connection, "%d %d".formatted(status, i)).status() == status) {
          // The server looks at the disk some times a second.
          ServerProcess.sleep(Duration.ofMillis(250));
          return;
        }
        ServerProcess.sleep(Duration.ofMillis(50));
      }
    }
    throw new AssertionError("no answer %d within %s".formatted(status, LIMIT));
  }

  private static Answer route(Connection connection, String call) throws IOException {
    return connection.post(
        "/api/v1/route",
        "{\"input_tokens\":10,\"metadata\":{\"tenant_id\":\"probe\",\"call\":\"%s %d\"}}"
            .formatted(call, System.nanoTime()));
  }
}
