package io.quaestor.persistence;

import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Seal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process that appends to a chain and prints each seal once it is acknowledged. */
final class OtherProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;

  private OtherProcess(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  static OtherProcess start(Path directory) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new OtherProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                OtherProcess.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  String awaitLine() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the other process ended");
    }
    return line;
  }

  /** Kills the process as {@code kill -9} does and answers the whole lines that it had printed. */
  List<String> killAndReadRest() throws IOException, InterruptedException {
    process.toHandle().destroyForcibly(); // the process object would close the stream as well
    process.waitFor();
    List<String> lines = new ArrayList<>();
    StringBuilder rest = new StringBuilder();
    for (int c = out.read(); c >= 0; c = out.read()) {
      rest.append((char) c);
    }
    int start = 0;
    for (int end; (end = rest.indexOf("\n", start)) >= 0; start = end + 1) {
      lines.add(rest.substring(start, end));
    }
    return lines;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  public static void main(String[] args) {
    ChainSettings settings =
        ChainSettings.of("node-1").withFreeSpaceFloors(0, 0).withSegmentBytes(40_000);
    NodeChain chain = NodeChain.open(Path.of(args[0]), settings, Progress.NONE);
    long next = chain.reader().highestEseq("tenant|a") + 1;
    while (true) {
      int count = (int) (next % 7) + 1;
      for (Seal seal : chain.append(Samples.atomic("a", next, count))) {
        System.out.println(seal.seq() + " " + seal.hash());
      }
      next += count;
    }
  }
}
