package io.quaestor.benchmarks.load.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process, and those it started that have ended, have fetched from storage: not what the
 * page cache answered. From {@code /proc} (Linux), see proc(5).
 */
final class StorageReads {

  private static final Path FILE = Path.of("/proc/self/io");
  private static final String FIELD = "read_bytes: ";

  private StorageReads() {}

  /** Bytes until now; 0 where the system does not tell. */
  static long bytes() {
    try (Stream<String> lines = Files.lines(FILE)) {
      return lines
          .filter(line -> line.startsWith(FIELD))
          .mapToLong(line -> Long.parseLong(line.substring(FIELD.length())))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
