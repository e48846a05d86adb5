package io.quaestor.benchmarks.load.wrk;

import io.quaestor.benchmarks.load.node.DataDirectory;
import io.quaestor.benchmarks.load.node.ServerProcess;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.checkpoint.DirectoryAnchor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A server that is started for one measurement, with its tree and checkpoints or without, and
 * judged at its end: a figure counts only if it was measured on what its name says.
 */
final class SigningServer {

  private final boolean signing;
  private final WrkOptions options;
  private final PrintWriter out;
  private final List<String> log = Collections.synchronizedList(new ArrayList<>());

  SigningServer(boolean signing, WrkOptions options, PrintWriter out) {
    this.signing = signing;
    this.options = options;
    this.out = out;
  }

  static Map<String, String> settings(boolean signing) {
    return Map.of(
        "QUAESTOR_CHECKPOINT_SIGNING",
        signing ? "on" : "off",
        "QUAESTOR_TENANT_NEW_TENANT_MICROCENTS",
        "4000000000000000000");
  }

  /** Starts, warms up, measures, stops; what it printed is told only if that fails. */
  Measured measure(DataDirectory directory) throws IOException {
    boolean sound = false;
    try (ServerProcess server =
        ServerProcess.start(directory.path(), settings(signing), log::add)) {
      Measured measured = drive(server);
      require(server.stop() == 0, "the server did not stop in order");
      judge(directory.path());
      sound = true;
      return measured;
    } finally {
      if (!sound) {
        List.copyOf(log).forEach(line -> out.printf("server:  %s%n", line));
      }
      directory.close(sound, out);
    }
  }

  private Measured drive(ServerProcess server) throws IOException {
    try (Wrk wrk = options.wrk(server.address())) {
      Driver driver = new Driver(wrk, server);
      if (options.warmUpSeconds() > 0) {
        driver.route(options.tenants(), "warm-up", options.warmUpSeconds());
      }
      return driver.route(options.tenants(), "counted", options.seconds());
    }
  }

  private void judge(Path data) throws IOException {
    require(ServerProcess.verify(data, log::add) == 0, "the chain does not verify");
    requireSigned(DirectoryAnchor.beside(Disk.local(), data).hasNewest(), signing);
  }

  static void requireSigned(boolean signed, boolean wanted) throws IOException {
    require(!wanted || signed, "the server with signing on has signed no checkpoint");
    require(wanted || !signed, "the server with signing off has signed a checkpoint");
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
