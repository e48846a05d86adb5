package io.quaestor.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A run is one JVM with the product's main class. Its output goes to files, so nobody has to read
 * along. Closing kills it, and only it, if it still lives.
 */
public final class Run implements AutoCloseable {

  private static final String MAIN = "io.quaestor.http.cli.Main";
  private static final String JVM_FLAGS =
      "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow";

  /** Small and quick to start: a test needs many of them. */
  private static final String SMALL = "-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  private static final Duration KILL_LIMIT = Duration.ofSeconds(30);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Process process;
  private final Path out;
  private final Path err;

  private Run(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts the command line.
   *
   * @param scratch where its output and its crash files go
   * @param environment variables on top of this process's, of which no QUAESTOR_* is inherited
   */
  static Run start(Path scratch, Map<String, String> environment, List<String> arguments) {
    int number = COUNT.incrementAndGet();
    Path out = scratch.resolve("run-%d.out".formatted(number));
    Path err = scratch.resolve("run-%d.err".formatted(number));
    ProcessBuilder builder =
        new ProcessBuilder(command(scratch, arguments))
            .directory(scratch.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("QUAESTOR_"));
    builder.environment().putAll(environment);
    try {
      return new Run(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path scratch, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(words(System.getProperty("quaestor.jvm.flags", JVM_FLAGS)));
    command.addAll(words(System.getProperty("quaestor.chaos.jvm", SMALL)));
    command.add("-XX:ErrorFile=" + scratch.resolve("hs_err_%p.log"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(MAIN);
    command.addAll(arguments);
    return command;
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+", -1));
  }

  public String out() {
    return read(out);
  }

  public String err() {
    return read(err);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: the process gets no chance to do anything more. */
  public void kill() {
    process.destroyForcibly();
    finish(KILL_LIMIT);
  }

  /** SIGTERM: the process is asked to stop. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for its end. */
  public Finished finish(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after %s: %s%s".formatted(limit, out(), err()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    return new Finished(process.exitValue(), out(), err());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
