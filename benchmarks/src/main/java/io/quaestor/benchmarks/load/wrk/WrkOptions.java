package io.quaestor.benchmarks.load.wrk;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of the benchmarks that wrk drives. */
final class WrkOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds, each with all targets (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Seconds for each target in each round (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "20",
      description = "Seconds for each target before it counts (default: ${DEFAULT-VALUE}).")
  private int warmUpSeconds;

  @Option(
      names = "--tenants",
      paramLabel = "N",
      defaultValue = "64",
      description = "What many tenants are (default: ${DEFAULT-VALUE}).")
  private int tenants;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "128",
      description = "Connections of wrk (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of wrk (default: ${DEFAULT-VALUE}).")
  private int threads;

  @SuppressWarnings("NullAway.Init") // picocli injects spec
  WrkOptions() {}

  void requireSensible() {
    if (rounds < 1
        || seconds < 1
        || warmUpSeconds < 0
        || tenants < 1
        || threads < 1
        || connections < threads) {
      throw new ParameterException(
          spec.commandLine(),
          "All numbers must be at least 1, and there are at least as many connections as threads.");
    }
  }

  /** Says what is missing if wrk is not there. */
  boolean wrkIsInstalled() {
    boolean installed = Wrk.isInstalled();
    if (!installed) {
      spec.commandLine().getErr().println("wrk is missing; on Debian: apt-get install wrk");
    }
    return installed;
  }

  Wrk wrk(InetSocketAddress address) throws IOException {
    String url = "http://%s:%d".formatted(address.getHostString(), address.getPort());
    return Wrk.of(url, threads, connections);
  }

  void print(PrintWriter out) {
    out.printf(
        "wrk:     %d connections, threads: %d, %d s for each target, %d s before that%n",
        connections, threads, seconds, warmUpSeconds);
  }

  int rounds() {
    return rounds;
  }

  int seconds() {
    return seconds;
  }

  int warmUpSeconds() {
    return warmUpSeconds;
  }

  int tenants() {
    return tenants;
  }
}
