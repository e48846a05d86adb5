package io.quaestor.benchmarks.load.wrk;

import io.quaestor.benchmarks.load.node.DataDirectory;
import io.quaestor.benchmarks.load.node.Machine;
import io.quaestor.benchmarks.load.node.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares durable route calls with the empty endpoint of the same server, in the same run. */
@Command(
    name = "http",
    description = {
      "Compares durable route calls with the empty endpoint of the same server: in each round first"
          + " the empty endpoint, then one tenant, then many. Needs wrk."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The data directory grows by some gigabytes and is deleted at the end.",
      "Exit status: 0 measured, 1 calls failed or the chain does not verify, 2 not possible."
    })
public final class HttpCommand implements Callable<Integer> {

  private static final int UNUSABLE = 2;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "QUAESTOR_HTTP_ECHO", "true",
          "QUAESTOR_TENANT_NEW_TENANT_MICROCENTS", "4000000000000000000");

  @Spec private CommandSpec spec;
  @Mixin private WrkOptions options;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Empty directory for the server's data; kept (default: a new one).")
  private @Nullable Path data;

  @SuppressWarnings("NullAway.Init") // picocli injects spec and options
  public HttpCommand() {}

  @Override
  public Integer call() throws IOException {
    options.requireSensible();
    if (!options.wrkIsInstalled()) {
      return UNUSABLE;
    }
    PrintWriter out = spec.commandLine().getOut();
    DataDirectory directory = DataDirectory.of(data);
    Machine.print(out);
    Machine.printData(out, directory.path());
    boolean sound;
    try (ServerProcess server =
        ServerProcess.start(
            directory.path(), SETTINGS, line -> out.printf("server:  %s%n", line))) {
      sound = measure(server, out);
      sound &= server.stop() == 0;
    }
    sound &= ServerProcess.verify(directory.path(), line -> out.printf("verify:  %s%n", line)) == 0;
    directory.close(sound, out);
    return sound ? 0 : 1;
  }

  private boolean measure(ServerProcess server, PrintWriter out) throws IOException {
    options.print(out);
    Rounds measured = new Rounds(out, options.tenants());
    try (Wrk wrk = options.wrk(server.address())) {
      Driver driver = new Driver(wrk, server);
      if (options.warmUpSeconds() > 0) {
        round(driver, "warm-up", options.warmUpSeconds());
      }
      measured.printHeader();
      for (int i = 1; i <= options.rounds(); i++) {
        measured.add(round(driver, "round-" + i, options.seconds()));
      }
    }
    measured.printMedians();
    out.printf("  answers other than 2xx, and failed connections: %,d%n", measured.notAnswered());
    return measured.notAnswered() == 0;
  }

  /** Each round has tenants of its own, so that none is slower for what came before it. */
  private Rounds.Round round(Driver driver, String name, int seconds) throws IOException {
    return new Rounds.Round(
        driver.drive(new Wrk.Target("/internal/echo", 1, name), seconds),
        driver.route(1, name + "-one", seconds),
        driver.route(options.tenants(), name + "-many", seconds));
  }
}
