package io.quaestor.benchmarks.load.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node that was started here and is stopped here, by its process id and no other way. */
public final class ServerProcess implements AutoCloseable {

  private static final Pattern LISTENING =
      Pattern.compile("Listening on http://([^\\s:]+):([0-9]+)\\b.*");
  private static final int START_SECONDS_MAX = 120;
  private static final int STOP_SECONDS_MAX = 90;

  private final Process process;
  private final Thread reader;
  private final InetSocketAddress address;

  private ServerProcess(Process process, Thread reader, InetSocketAddress address) {
    this.process = process;
    this.reader = reader;
    this.address = address;
  }

  /**
   * Starts a node on a free port and waits until it says where it listens.
   *
   * @param settings variables for its environment
   * @param log gets every line it prints
   */
  public static ServerProcess start(Path data, Map<String, String> settings, Consumer<String> log)
      throws IOException {
    ProcessBuilder builder = Quaestor.process("serve", "--data", data.toString(), "--port", "0");
    builder.environment().putAll(settings);
    Process process = builder.redirectErrorStream(true).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-server"));
    CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .name("server-output")
            .start(() -> read(process, listening, log));
    try {
      return new ServerProcess(process, reader, listening.get(START_SECONDS_MAX, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IOException("the server did not start; its output says why", e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw interrupted(e);
    }
  }

  private static void read(
      Process process, CompletableFuture<InetSocketAddress> listening, Consumer<String> log) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        log.accept(line);
        Matcher matcher = LISTENING.matcher(line);
        if (matcher.matches()) {
          listening.complete(
              new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2))));
        }
      }
    } catch (IOException e) {
      log.accept("the server's output cannot be read: " + e.getMessage());
    } finally {
      listening.completeExceptionally(new IOException("it ended without listening"));
    }
  }

  public InetSocketAddress address() {
    return address;
  }

  /** The processor time that the server has used so far, over all its threads. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /**
   * Asks the node to drain and stop (SIGTERM).
   *
   * @return its exit status
   */
  public int stop() throws IOException {
    process.toHandle().destroy();
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the server did not stop within %d s".formatted(STOP_SECONDS_MAX));
      }
      reader.join();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static IOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IOException("interrupted", e);
  }

  /** Runs {@code quaestor verify}; 0 means that the chain is sound. */
  public static int verify(Path data, Consumer<String> log) throws IOException {
    return run(
        bytes -> new String(bytes.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(log),
        "verify",
        data.toString());
  }

  /** Runs one of Quaestor's other commands to its end; what it prints goes to {@code output}. */
  public static int run(Output output, String... arguments) throws IOException {
    Process process =
        Quaestor.process(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      process.getOutputStream().close();
      output.read(process.getInputStream());
      return process.waitFor();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Reads what a command prints. */
  public interface Output {
    void read(InputStream bytes) throws IOException;
  }
}
