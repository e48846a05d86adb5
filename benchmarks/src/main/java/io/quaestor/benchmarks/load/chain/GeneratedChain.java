package io.quaestor.benchmarks.load.chain;

import io.quaestor.benchmarks.load.figure.Progress;
import io.quaestor.benchmarks.load.node.DataDirectory;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Segments;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A long chain that was generated here, or by an earlier run in the same directory.
 *
 * <p>The file {@code GENERATED} is written last and names the recipe, so that neither half a chain
 * nor another one is measured.
 */
final class GeneratedChain {

  static final String NODE = "node-1";

  private static final String RECIPE = "GENERATED";
  private static final double BYTES_PER_MB = 1e6;

  private final Path directory;
  private final Recipe recipe;
  private final List<Path> segments;
  private final long bytes;
  private final @Nullable DataDirectory own;

  private GeneratedChain(Path directory, Recipe recipe, @Nullable DataDirectory own)
      throws IOException {
    this.directory = directory;
    this.recipe = recipe;
    this.own = own;
    this.segments = new ArrayList<>();
    long sum = 0;
    for (int number : Segments.list(Disk.local(), directory)) {
      Path file = Segments.file(directory, number);
      segments.add(file);
      sum += Files.size(file);
    }
    this.bytes = sum;
  }

  /**
   * @param wanted empty or absent, or holds a chain of the same recipe; null for a new one that is
   *     deleted
   */
  static GeneratedChain open(@Nullable Path wanted, Recipe recipe, PrintWriter out)
      throws IOException {
    GeneratedChain chain =
        wanted != null && Files.exists(wanted.resolve(RECIPE))
            ? found(wanted, recipe)
            : generated(DataDirectory.of(wanted), recipe, out);
    out.printf(
        "chain:   %s%n         %,d segments, %,.1f MB in %s%n",
        recipe.text(), chain.segments.size(), chain.bytes / BYTES_PER_MB, chain.directory);
    return chain;
  }

  private static GeneratedChain found(Path directory, Recipe recipe) throws IOException {
    String text = Files.readString(directory.resolve(RECIPE)).strip();
    if (!text.equals(recipe.text())) {
      throw new IOException(
          "%s holds a chain of %s, not of %s; ask for the same or choose another directory"
              .formatted(directory, text, recipe.text()));
    }
    return new GeneratedChain(directory, recipe, null);
  }

  private static GeneratedChain generated(DataDirectory own, Recipe recipe, PrintWriter out)
      throws IOException {
    out.printf("chain:   generating %,d records%n", recipe.records());
    ChainGenerator.write(own.path(), recipe, Progress.of(out, recipe.records(), "records"));
    Files.writeString(own.path().resolve(RECIPE), recipe.text() + "\n");
    return new GeneratedChain(own.path(), recipe, own);
  }

  Path directory() {
    return directory;
  }

  Recipe recipe() {
    return recipe;
  }

  List<Path> segments() {
    return List.copyOf(segments);
  }

  long bytes() {
    return bytes;
  }

  /** Deletes a chain that was made for this run alone, unless there is something to look into. */
  void close(boolean clean, PrintWriter out) throws IOException {
    if (own != null) {
      own.close(clean, out);
    }
  }
}
