package io.quaestor.chaos.process;

import io.quaestor.chaos.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server process is a run that serves. */
public final class ServerProcess implements AutoCloseable {

  private static final Pattern LISTENING =
      Pattern.compile("Listening on http://127\\.0\\.0\\.1:(\\d+)");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final Run run;
  private final int port;

  private ServerProcess(Run run, int port) {
    this.run = run;
    this.port = port;
  }

  static ServerProcess awaitListening(Run run) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline && run.isAlive()) {
      Matcher listening = LISTENING.matcher(run.out());
      if (listening.find()) {
        return new ServerProcess(run, Integer.parseInt(listening.group(1)));
      }
      sleep(LOOK_EVERY);
    }
    boolean alive = run.isAlive();
    run.close();
    throw new AssertionError(
        "the server %s: %s%s"
            .formatted(
                alive ? "did not listen in " + START_LIMIT : "has ended", run.out(), run.err()));
  }

  public static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  public int port() {
    return port;
  }

  public boolean isAlive() {
    return run.isAlive();
  }

  /** What it has printed so far, on both channels. */
  public String output() {
    return run.out() + run.err();
  }

  public Connection connect() throws IOException {
    return new Connection(port);
  }

  /** SIGKILL. */
  public void kill() {
    run.kill();
  }

  /** SIGTERM, and waits for the end. */
  public Finished stop() {
    run.terminate();
    return run.finish(STOP_LIMIT);
  }

  /** SIGTERM. */
  public void terminate() {
    run.terminate();
  }

  /** Waits for its end. */
  public Finished finish() {
    return run.finish(STOP_LIMIT);
  }

  @Override
  public void close() {
    run.close();
  }
}
