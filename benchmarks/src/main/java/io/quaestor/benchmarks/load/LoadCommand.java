package io.quaestor.benchmarks.load;

import io.quaestor.benchmarks.load.audit.AnswerBook;
import io.quaestor.benchmarks.load.audit.ChainAudit;
import io.quaestor.benchmarks.load.audit.Faults;
import io.quaestor.benchmarks.load.client.ClientLoop;
import io.quaestor.benchmarks.load.client.RequestBytes;
import io.quaestor.benchmarks.load.client.SingleCalls;
import io.quaestor.benchmarks.load.node.DataDirectory;
import io.quaestor.benchmarks.load.node.Machine;
import io.quaestor.benchmarks.load.node.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Loads a server with real requests, then audits every answer. */
@Command(
    name = "load",
    description = {
      "Loads a server with real requests over HTTP, then audits every answer.",
      "Without --url it starts a server of its own, stops it at the end, and reads its chain too."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Exit status: 0 audit agrees, 1 it differs, 2 it could not be done."})
final class LoadCommand implements Callable<Integer> {

  private static final long ANSWER_MILLIS_MAX = 30_000;
  private static final int RADIX = 36;
  private static final double NANOS_PER_MICRO = 1_000;

  @Spec private CommandSpec spec;

  @Option(names = "--url", paramLabel = "URL", description = "A server that runs already.")
  private @Nullable URI url;

  @Option(
      names = "--requests",
      paramLabel = "N",
      defaultValue = "100000",
      description = "HTTP requests to send, follow-ups included (default: ${DEFAULT-VALUE}).")
  private long requests;

  @Option(
      names = "--tenants",
      paramLabel = "N",
      defaultValue = "200",
      description = "Tenants, of sizes by Zipf's law (default: ${DEFAULT-VALUE}).")
  private int tenants;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "128",
      description = "Connections, each with one request at a time (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--outcomes",
      paramLabel = "SHARE",
      defaultValue = "30%",
      converter = Percent.class,
      description = "Share of decisions with a reported outcome (default: ${DEFAULT-VALUE}).")
  private double outcomes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Same seed, same requests (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Empty directory for the data of the own server; kept (default: a new one).")
  private @Nullable Path data;

  @SuppressWarnings("NullAway.Init") // picocli injects spec
  LoadCommand() {}

  /** {@code 30%} or {@code 30}. */
  static final class Percent implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      double percent;
      try {
        percent = Double.parseDouble(value.replaceFirst("%$", ""));
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'%s' is not a percentage like 30%%".formatted(value));
      }
      if (!(percent >= 0 && percent <= 100)) {
        throw new TypeConversionException("'%s' is not between 0%% and 100%%".formatted(value));
      }
      return percent;
    }
  }

  @Override
  public Integer call() throws IOException {
    if (requests < 1 || tenants < 1 || connections < 1) {
      throw new ParameterException(
          spec.commandLine(), "--requests, --tenants and --connections must be at least 1.");
    }
    PrintWriter out = spec.commandLine().getOut();
    Faults faults = new Faults();
    if (url != null) {
      if (data != null) {
        throw new ParameterException(spec.commandLine(), "--data is for a server of its own.");
      }
      foreign(url, out, faults);
    } else {
      own(out, faults);
    }
    return verdict(out, faults);
  }

  // ---- whose server ----------------------------------------------------------------------------

  private void foreign(URI server, PrintWriter out, Faults faults) throws IOException {
    if (server.getHost() == null || server.getPort() < 0) {
      throw new ParameterException(
          spec.commandLine(), "--url must be like http://127.0.0.1:8080, with a port.");
    }
    Machine.print(out);
    String prefix = "load-" + Long.toString(Instant.now().toEpochMilli(), RADIX);
    InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
    run(address, prefix, null, out, faults);
    out.println("chain:   not read, the server is not this run's own");
  }

  private void own(PrintWriter out, Faults faults) throws IOException {
    DataDirectory directory = DataDirectory.of(data);
    Machine.print(out);
    Machine.printData(out, directory.path());
    Done done;
    try (ServerProcess server = start(directory, out)) {
      done = run(server.address(), "load", server, out, faults);
      stop(server, faults);
    }
    readChain(directory.path(), done.book(), out, faults);
    try (ServerProcess server = start(directory, out)) {
      askAgain(server.address(), done, out, faults);
      stop(server, faults);
    }
    directory.close(faults.count() == 0, out);
  }

  private static ServerProcess start(DataDirectory directory, PrintWriter out) throws IOException {
    return ServerProcess.start(
        directory.path(), Map.of(), line -> out.printf("server:  %s%n", line));
  }

  private static void stop(ServerProcess server, Faults faults) throws IOException {
    int status = server.stop();
    faults.require(status == 0, () -> "the server ended with status %d".formatted(status));
  }

  /**
   * A run that is over.
   *
   * @param remembered calls whose answers must never change
   */
  private record Done(AnswerBook book, List<Exchange> remembered) {}

  // ---- run and audit ---------------------------------------------------------------------------

  private Done run(
      InetSocketAddress address,
      String prefix,
      @Nullable ServerProcess own,
      PrintWriter out,
      Faults faults)
      throws IOException {
    AnswerBook book = new AnswerBook(faults);
    RequestBytes bytes = new RequestBytes(address.getHostString() + ":" + address.getPort());
    Fleet fleet = Fleet.of(prefix, tenants, requests, seed);
    Offer offer;
    try (SingleCalls calls = new SingleCalls(address)) {
      ServerSetup setup = new ServerSetup(calls, bytes);
      offer = setup.offer();
      if (own != null) {
        setup.keepReservations();
      }
      setup.define(fleet, book);
    }
    out.printf(
        "load:    %,d requests, %,d tenants, %d connections, %s %% outcomes, seed %d%n",
        requests, tenants, connections, outcomes, seed);
    Workload workload = new Workload(seed, fleet, offer, Sizes.load(), Prompts.load());
    Tally tally = new Tally();
    Progress progress = Progress.of(out, requests);
    LoadRun run =
        new LoadRun(
            workload, new Fates(seed, outcomes), bytes, requests, book, tally, faults, progress);
    Duration server = own == null ? Duration.ZERO : own.processorTime();
    Duration driver = processorTime();
    new ClientLoop<>(address, run, ANSWER_MILLIS_MAX).run(connections);
    double seconds = progress.seconds();
    progress.finish(tally.requests());
    tally.print(out, seconds);
    if (own != null) {
      out.printf(
          "processor time for each request: server %.1f us, driver %.1f us%n",
          micros(own.processorTime().minus(server)) / tally.requests(),
          micros(processorTime().minus(driver)) / tally.requests());
    }
    try (SingleCalls calls = new SingleCalls(address)) {
      new ServerSetup(calls, bytes).compare(book);
    }
    Instant expiry = book.firstExpiry();
    faults.require(
        expiry == null || Instant.now().isBefore(expiry),
        () ->
            "the run took longer than reservations live, so sums cannot be compared; send fewer"
                + " requests");
    out.printf(
        "budgets: asked of the server for %,d tenants, after %,d decisions%n",
        book.accounts().size(), book.decisions());
    return new Done(book, run.remembered());
  }

  /** After a restart the same is remembered: budgets, reservations, keys. */
  private static void askAgain(InetSocketAddress address, Done done, PrintWriter out, Faults faults)
      throws IOException {
    RequestBytes bytes = new RequestBytes(address.getHostString() + ":" + address.getPort());
    try (SingleCalls calls = new SingleCalls(address)) {
      ServerSetup setup = new ServerSetup(calls, bytes);
      setup.compare(done.book());
      setup.repeat(done.remembered(), faults);
    }
    out.printf(
        "restart: asked again for %,d tenants, repeated %,d calls under their keys%n",
        done.book().accounts().size(), done.remembered().size());
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static double micros(Duration time) {
    return time.toNanos() / NANOS_PER_MICRO;
  }

  private static void readChain(Path directory, AnswerBook book, PrintWriter out, Faults faults)
      throws IOException {
    int status = ServerProcess.verify(directory, line -> out.printf("verify:  %s%n", line));
    faults.require(status == 0, () -> "verify ended with status %d".formatted(status));
    ChainAudit audit = new ChainAudit(book, faults);
    int exported = ServerProcess.run(audit::read, "export", directory.toString());
    faults.require(exported == 0, () -> "export ended with status %d".formatted(exported));
    out.printf(
        "chain:   %,d records folded; %,d of %,d sealed answers found in it%n",
        audit.records(), audit.found(), book.told().size());
  }

  private static int verdict(PrintWriter out, Faults faults) {
    if (faults.count() == 0) {
      out.println("audit: agrees");
      return 0;
    }
    faults.first().forEach(fault -> out.printf("  %s%n", fault));
    out.printf("audit: differs in %,d points, the first of them above%n", faults.count());
    return 1;
  }
}
