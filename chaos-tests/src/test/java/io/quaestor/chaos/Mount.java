package io.quaestor.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A mount is a file system in memory that a test made for itself; closing it takes it away. */
final class Mount implements AutoCloseable {

  private static final int COMMAND_SECONDS = 20;

  private final Path path;

  private Mount(Path path) {
    this.path = path;
  }

  /**
   * Mounts a file system of this size. Skips the test where that is not permitted: it takes the
   * right to mount, which mostly means root.
   */
  static Mount ofMebibytes(Path path, int mebibytes) throws IOException {
    Files.createDirectories(path);
    String said =
        run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=%dm".formatted(mebibytes),
            "tmpfs",
            path.toString());
    Assumptions.assumeTrue(
        said.isEmpty(), () -> "a tmpfs cannot be mounted here (it takes root): " + said);
    return new Mount(path);
  }

  Path path() {
    return path;
  }

  void readOnly() throws IOException {
    String said = run("mount", "-o", "remount,ro", path.toString());
    if (!said.isEmpty()) {
      throw new AssertionError(said);
    }
  }

  /** Runs a command; what it says is empty when it has worked. */
  private static String run(String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    try {
      if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "no answer from " + command[0];
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    return process.exitValue() == 0 ? "" : "exit status %d %s".formatted(process.exitValue(), said);
  }

  @Override
  public void close() throws IOException {
    String said = run("umount", path.toString());
    if (!said.isEmpty()) {
      run("umount", "-l", path.toString());
    }
  }
}
