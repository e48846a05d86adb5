package io.quaestor.benchmarks.load.wrk;

import io.quaestor.benchmarks.load.audit.Answer;
import io.quaestor.benchmarks.load.client.RequestBytes;
import io.quaestor.benchmarks.load.client.Response;
import io.quaestor.benchmarks.load.client.SingleCalls;
import io.quaestor.benchmarks.load.node.DataDirectory;
import io.quaestor.benchmarks.load.node.Machine;
import io.quaestor.benchmarks.load.node.Processors;
import io.quaestor.benchmarks.load.node.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
  private static final double NANOS_PER_MICRO = 1_000;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "QUAESTOR_HTTP_ECHO", "true",
          "QUAESTOR_TENANT_NEW_TENANT_MICROCENTS", "4000000000000000000");

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds, each with all three targets (default: ${DEFAULT-VALUE}).")
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

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Empty directory for the server's data; kept (default: a new one).")
  private @Nullable Path data;

  @SuppressWarnings("NullAway.Init") // picocli injects spec
  public HttpCommand() {}

  @Override
  public Integer call() throws IOException {
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
    if (!Wrk.isInstalled()) {
      spec.commandLine().getErr().println("wrk is missing; on Debian: apt-get install wrk");
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
    InetSocketAddress address = server.address();
    String url = "http://%s:%d".formatted(address.getHostString(), address.getPort());
    out.printf(
        "wrk:     %d connections, threads: %d, %d s for each target, %d s before that%n",
        connections, threads, seconds, warmUpSeconds);
    Rounds measured = new Rounds(out, tenants);
    try (Wrk wrk = Wrk.of(url, threads, connections)) {
      if (warmUpSeconds > 0) {
        round(wrk, server, "warm-up", warmUpSeconds);
      }
      measured.printHeader();
      for (int i = 1; i <= rounds; i++) {
        measured.add(round(wrk, server, "round-" + i, seconds));
      }
    }
    measured.printMedians();
    out.printf("  answers other than 2xx, and failed connections: %,d%n", measured.notAnswered());
    return measured.notAnswered() == 0;
  }

  /** Each round has tenants of its own, so that none is slower for what came before it. */
  private Rounds.Round round(Wrk wrk, ServerProcess server, String name, int duration)
      throws IOException {
    Rounds.Measured echo = target(wrk, server, new Wrk.Target("/internal/echo", 1, name), duration);
    Rounds.Measured one =
        target(wrk, server, new Wrk.Target("/api/v1/route", 1, name + "-one"), duration);
    requireHeld(server.address(), name + "-one-0");
    Rounds.Measured many =
        target(wrk, server, new Wrk.Target("/api/v1/route", tenants, name + "-many"), duration);
    requireHeld(server.address(), name + "-many-0");
    return new Rounds.Round(echo, one, many);
  }

  private static Rounds.Measured target(
      Wrk wrk, ServerProcess server, Wrk.Target target, int duration) throws IOException {
    Processors machineBefore = Processors.now();
    Duration before = server.processorTime();
    Wrk.Result result = wrk.run(target, duration);
    Duration used = server.processorTime().minus(before);
    return new Rounds.Measured(
        result,
        used.toNanos() / NANOS_PER_MICRO / Math.max(1, result.requests()),
        Processors.now().othersPercent(machineBefore, used));
  }

  /** A refusal is a 200 too, but a cheaper one: decisions that are measured have to hold money. */
  private static void requireHeld(InetSocketAddress address, String tenant) throws IOException {
    RequestBytes bytes = new RequestBytes(address.getHostString() + ":" + address.getPort());
    byte[] body =
        "{\"input_tokens\":1000,\"metadata\":{\"tenant_id\":\"%s\"}}"
            .formatted(tenant)
            .getBytes(StandardCharsets.UTF_8);
    try (SingleCalls calls = new SingleCalls(address)) {
      Response response = calls.call(bytes.post("/api/v1/route", body, null));
      if (response.status() != 200 || Answer.decision(response.body()).rejected()) {
        throw new IOException(
            "tenant %s is refused: %d %s".formatted(tenant, response.status(), response.text()));
      }
    }
  }
}
