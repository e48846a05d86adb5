package io.quaestor.benchmarks.load.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data directory of a server that is started for one run. */
public final class DataDirectory {

  private final Path path;
  private final boolean temporary;

  private DataDirectory(Path path, boolean temporary) {
    this.path = path;
    this.temporary = temporary;
  }

  /**
   * @param wanted must be empty or absent, and is kept; null for a new one that is deleted
   */
  public static DataDirectory of(@Nullable Path wanted) throws IOException {
    if (wanted == null) {
      return new DataDirectory(Files.createTempDirectory("quaestor-benchmark-"), true);
    }
    Files.createDirectories(wanted);
    try (Stream<Path> entries = Files.list(wanted)) {
      if (entries.findAny().isPresent()) {
        throw new IOException("the directory %s is not empty".formatted(wanted));
      }
    }
    return new DataDirectory(wanted, false);
  }

  public Path path() {
    return path;
  }

  /** Deletes what was made for this run, unless there is something to look into. */
  public void close(boolean clean, PrintWriter out) throws IOException {
    if (!temporary || !clean) {
      out.printf("data:    kept in %s%n", path);
      return;
    }
    List<Path> all;
    try (Stream<Path> tree = Files.walk(path)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : all) {
      Files.delete(entry);
    }
  }
}
