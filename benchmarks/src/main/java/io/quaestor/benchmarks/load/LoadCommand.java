package io.quaestor.benchmarks.load;

import io.quaestor.benchmarks.load.audit.Faults;
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

  private static final int RADIX = 36;

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

  @Option(
      names = "--expire-after",
      paramLabel = "SECONDS",
      description = {
        "Let reservations expire after this time, and wait for it at the end",
        "(default: they outlive the run)."
      })
  private @Nullable Integer expireAfter;

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
    if (requests < 1
        || tenants < 1
        || connections < 1
        || (expireAfter != null && expireAfter < 1)) {
      throw new ParameterException(spec.commandLine(), "All numbers must be at least 1.");
    }
    if (url != null && (data != null || expireAfter != null)) {
      throw new ParameterException(
          spec.commandLine(), "--data and --expire-after are for a server of its own.");
    }
    PrintWriter out = spec.commandLine().getOut();
    Faults faults = new Faults();
    Session session =
        new Session(
            new Session.Plan(
                requests,
                tenants,
                connections,
                outcomes,
                seed,
                expireAfter == null ? null : Duration.ofSeconds(expireAfter)),
            out,
            faults);
    Machine.print(out);
    if (url != null) {
      foreign(url, session);
      out.println("chain:   not read, the server is not this run's own");
    } else {
      own(session, out, faults);
    }
    return verdict(out, faults);
  }

  private void foreign(URI server, Session session) throws IOException {
    if (server.getHost() == null || server.getPort() < 0) {
      throw new ParameterException(
          spec.commandLine(), "--url must be like http://127.0.0.1:8080, with a port.");
    }
    String prefix = "load-" + Long.toString(Instant.now().toEpochMilli(), RADIX);
    session.run(new InetSocketAddress(server.getHost(), server.getPort()), prefix, null);
  }

  private void own(Session session, PrintWriter out, Faults faults) throws IOException {
    DataDirectory directory = DataDirectory.of(data);
    Machine.printData(out, directory.path());
    try (ServerProcess server = start(directory, out)) {
      session.run(server.address(), "load", server);
      stop(server, faults);
    }
    session.readChain(directory.path());
    try (ServerProcess server = start(directory, out)) {
      session.askAgain(server.address());
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
