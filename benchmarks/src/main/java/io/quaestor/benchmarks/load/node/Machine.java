package io.quaestor.benchmarks.load.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a figure was measured on. A figure without this is worth nothing. */
public final class Machine {

  private static final long KIB_PER_GIB = 1024 * 1024;

  private Machine() {}

  public static void print(PrintWriter out) {
    out.printf(
        "machine: %d x %s, %s of memory, %s %s%n",
        Runtime.getRuntime().availableProcessors(),
        field(Path.of("/proc/cpuinfo"), "model name"),
        memory(),
        System.getProperty("os.name"),
        System.getProperty("os.version"));
    out.printf(
        "java:    %s %s, %s%n",
        System.getProperty("java.vm.name"),
        System.getProperty("java.runtime.version"),
        System.getProperty("java.vendor"));
  }

  /** Where the data lies decides what a sync costs. */
  public static void printData(PrintWriter out, Path data) throws IOException {
    out.printf("data:    file system %s%n", Files.getFileStore(data).type());
  }

  private static String memory() {
    String kib = field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", "");
    return kib.isEmpty()
        ? "unknown size"
        : "%.1f GiB".formatted(Long.parseLong(kib) / (double) KIB_PER_GIB);
  }

  private static String field(Path file, String name) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
