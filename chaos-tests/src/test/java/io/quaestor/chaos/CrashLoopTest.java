package io.quaestor.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.chaos.chain.Books;
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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server under load, again and again, and holds what its clients were told against its
 * chain.
 *
 * <p>Knobs: {@code seed}, {@code kills}, {@code tenants}, {@code connections}, {@code load.millis}
 * (the longest time from the start of the load to the kill).
 */
class CrashLoopTest {

  private static final int LOAD_MILLIS_MIN = 500;
  private static final int START_MILLIS_MAX = 2_500;

  /** So short that reservations expire under load, across kills and before their commit. */
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(3);

  private static final List<String> KINDS =
      List.of("DecisionMade", "Committed", "Released", "Expired", "OutcomeReported", "ToppedUp");

  @TempDir private Path directory;

  @Test
  void losesNothingAcknowledgedWhenItIsKilled() throws IOException {
    crash(Knobs.number("kills", 3), Knobs.number("tenants", 24), Knobs.number("connections", 16));
  }

  @Test
  @Tag("long")
  void losesNothingAcknowledgedWhenItIsKilledTenTimesUnderFullLoad() throws IOException {
    crash(Knobs.number("kills", 10), Knobs.number("tenants", 96), Knobs.number("connections", 128));
  }

  private void crash(int kills, int tenants, int connections) throws IOException {
    long seed = Knobs.seed("CrashLoopTest");
    Random random = new Random(seed);
    // Small segments, so that kills also hit the change from one to the next.
    Node node = Node.in(directory).with("QUAESTOR_CHAIN_SEGMENT_BYTES", "4194304");
    Load load = new Load(seed, tenants, connections);
    Audit audit = new Audit(load, new Follower(node.data()));

    ServerProcess server = node.start();
    try {
      load.define(server.port());
      Load.expireAfter(server.port(), TIME_TO_LIVE);
      for (int kill = 1; kill <= kills; kill++) {
        load.begin(server.port());
        ServerProcess.sleep(
            Duration.ofMillis(
                LOAD_MILLIS_MIN
                    + random.nextInt(Knobs.number("load.millis", 3_500) - LOAD_MILLIS_MIN)));
        server.kill();
        load.end();
        server = restart(node, random);
        inspect(server, audit, random);
        System.out.printf("kill %d: %d records, %s%n", kill, audit.books().records(), load.tally());
      }
      Finished stopped = server.stop();
      assertThat(stopped.status()).as(stopped.output()).isZero();
    } finally {
      server.close();
    }
    assertThat(load.tally()).doesNotContainKey("refused audit_unavailable");
    inspectOffLine(node, load, audit.books());
  }

  /** Now and then the server is killed once more while it starts. */
  private static ServerProcess restart(Node node, Random random) {
    if (random.nextInt(3) == 0) {
      try (Run start = node.serve()) {
        ServerProcess.sleep(Duration.ofMillis(random.nextInt(START_MILLIS_MAX)));
        start.kill();
      }
    }
    return node.start();
  }

  private static void inspect(ServerProcess server, Audit audit, Random random) throws IOException {
    audit.compare();
    try (Connection connection = server.connect()) {
      audit.repeatUnknown(connection);
      audit.repeatAnswered(connection, random);
      audit.compareBudgets(connection);
    }
    audit.compare();
  }

  private static void inspectOffLine(Node node, Load load, Books seen) {
    Finished verified = node.verify();
    assertThat(verified.status()).as(verified.output()).isZero();

    Finished exported = node.export();
    assertThat(exported.status()).as(exported.err()).isZero();
    Books books = new Books();
    exported.out().lines().forEach(line -> books.add(line.getBytes(UTF_8)));
    Audit.compare(load, books);

    assertThat(books.lastType()).isEqualTo("NodeStopped");
    assertThat(books.records()).isGreaterThan(seen.records());
    seen.accounts()
        .forEach(
            (tenant, account) ->
                assertThat(books.account(tenant).hasBeen(account.money(), account.events()))
                    .as(tenant)
                    .isTrue());
    assertThat(books.accounts().values()).allMatch(account -> account.money().isIdentical());
    assertThat(KINDS).allMatch(kind -> books.count(kind) > 0);
  }
}
