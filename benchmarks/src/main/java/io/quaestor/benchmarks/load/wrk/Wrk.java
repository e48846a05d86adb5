package io.quaestor.benchmarks.load.wrk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTTP benchmarking tool wrk, run with the script {@code wrk/calls.lua}. */
final class Wrk implements AutoCloseable {

  private static final String SCRIPT = "/wrk/calls.lua";
  private static final Pattern RESULT =
      Pattern.compile(
          "result requests=(\\d+) micros=(\\d+) p50=(\\d+) p99=(\\d+) max=(\\d+)"
              + " non2xx=(\\d+) failed=(\\d+)");
  private static final double MICROS_PER_SECOND = 1e6;

  /** What one run of wrk measured. */
  record Result(
      long requests,
      long micros,
      long p50Micros,
      long p99Micros,
      long maxMicros,
      long non2xx,
      long failed) {

    double perSecond() {
      return requests * MICROS_PER_SECOND / micros;
    }
  }

  /**
   * What is called.
   *
   * @param tenants how many tenants the calls are spread over, evenly
   * @param prefix of their names
   */
  record Target(String path, int tenants, String prefix) {}

  private final Path script;
  private final String url;
  private final int threads;
  private final int connections;

  private Wrk(Path script, String url, int threads, int connections) {
    this.script = script;
    this.url = url;
    this.threads = threads;
    this.connections = connections;
  }

  static Wrk of(String url, int threads, int connections) throws IOException {
    Path script = Files.createTempFile("calls-", ".lua");
    try (InputStream in = Objects.requireNonNull(Wrk.class.getResourceAsStream(SCRIPT))) {
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
    }
    return new Wrk(script, url, threads, connections);
  }

  static boolean isInstalled() {
    try {
      new ProcessBuilder("wrk", "--version")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  Result run(Target target, int seconds) throws IOException {
    List<String> command =
        List.of(
            "wrk",
            "--threads=" + threads,
            "--connections=" + connections,
            "--duration=" + seconds + "s",
            "--timeout=10s",
            "--script=" + script,
            url,
            "--",
            target.path(),
            Integer.toString(target.tenants()),
            target.prefix());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return parse(output);
  }

  static Result parse(String output) throws IOException {
    Matcher found = RESULT.matcher(output);
    if (!found.find()) {
      throw new IOException("wrk measured nothing; it said: " + output.strip());
    }
    return new Result(
        Long.parseLong(found.group(1)),
        Long.parseLong(found.group(2)),
        Long.parseLong(found.group(3)),
        Long.parseLong(found.group(4)),
        Long.parseLong(found.group(5)),
        Long.parseLong(found.group(6)),
        Long.parseLong(found.group(7)));
  }

  @Override
  public void close() throws IOException {
    Files.delete(script);
  }
}
