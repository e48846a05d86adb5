package io.quaestor.persistence;

import io.quaestor.persistence.chain.Evidence;
import io.quaestor.persistence.index.ChainIndex;
import io.quaestor.persistence.index.IndexUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the index lives in a data directory, and what to do when it is damaged: delete it.
 *
 * <p>LevelDB notices some damage only when it reads or compacts. The node that meets it leaves the
 * mark {@code INDEX-DAMAGED} and stops, so that the next start makes a new index.
 */
final class IndexHome {

  private static final Logger LOG = LoggerFactory.getLogger(IndexHome.class);

  private final Path index;
  private final Path library;
  private final Path damaged;

  IndexHome(Path directory) {
    index = directory.resolve("index");
    library = directory.resolve("index-native");
    damaged = directory.resolve("INDEX-DAMAGED");
  }

  /** An open index with what it knows. */
  record Opened(ChainIndex index, @Nullable Evidence evidence) {}

  Opened open() throws IOException {
    if (Files.exists(damaged)) {
      LOG.warn("the index was found damaged and is made anew from the chain");
      return openAnew();
    }
    try {
      return opened();
    } catch (IndexUnusable e) {
      LOG.warn("the index cannot be used and is made anew from the chain: {}", e.getMessage());
      return openAnew();
    }
  }

  /** Deletes the index, which must be closed, and opens an empty one. */
  Opened openAnew() throws IOException {
    deleteTree(index);
    Files.deleteIfExists(damaged);
    return opened();
  }

  private Opened opened() {
    ChainIndex opened = ChainIndex.open(index, library);
    try {
      return new Opened(opened, opened.evidence());
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  void markDamaged() {
    try {
      Files.write(damaged, new byte[0]);
    } catch (IOException e) {
      LOG.error("the index is damaged and cannot be marked; delete {} by hand", index, e);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> tree = Files.walk(root)) {
      files = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
