package io.quaestor.chaos.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node is a data directory with the settings it is served under; it runs whenever a test says so.
 *
 * @param scratch where the output of its runs goes; outside of the data directory
 * @param settings {@code QUAESTOR_*} variables
 * @param options further arguments of {@code serve}
 */
public record Node(Path data, Path scratch, Map<String, String> settings, List<String> options) {

  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

  /** A node in {@code directory/data}. */
  public static Node in(Path directory) {
    return new Node(directory.resolve("data"), directory, Map.of(), List.of());
  }

  public Node withData(Path data) {
    return new Node(data, scratch, settings, options);
  }

  public Node with(String variable, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(variable, value);
    return new Node(data, scratch, more, options);
  }

  public Node withOptions(String... options) {
    return new Node(data, scratch, settings, List.of(options));
  }

  /** Starts a server and does not wait for it to listen. */
  public Run serve() {
    List<String> arguments = new java.util.ArrayList<>();
    arguments.addAll(List.of("serve", "--data", data.toString()));
    if (!options.contains("--port")) {
      arguments.addAll(List.of("--port", "0"));
    }
    arguments.addAll(options);
    return Run.start(scratch, settings, arguments);
  }

  /** Starts a server and waits until it serves. */
  public ServerProcess start() {
    return ServerProcess.awaitListening(serve());
  }

  /** Starts a server that is expected to refuse, and waits for its end. */
  public Finished refused() {
    try (Run run = serve()) {
      return run.finish(COMMAND_LIMIT);
    }
  }

  /** Runs {@code quaestor verify} on the directory. */
  public Finished verify() {
    return command("verify", data.toString());
  }

  /** Runs {@code quaestor export} on the directory. */
  public Finished export() {
    return command("export", data.toString());
  }

  /** Runs any command of the command line. */
  public Finished command(String... arguments) {
    try (Run run = Run.start(scratch, Map.of(), List.of(arguments))) {
      return run.finish(COMMAND_LIMIT);
    }
  }
}
