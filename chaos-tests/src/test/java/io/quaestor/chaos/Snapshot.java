package io.quaestor.chaos;

import io.quaestor.chaos.chain.Line;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/** Copies and compares data directories. */
final class Snapshot {

  private static final String INDEX = "index";

  private Snapshot() {}

  /** Copies a directory with all that is in it. */
  static Path copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
    return to;
  }

  /**
   * The digest of each file of a directory. The index is left out: it is derived from the rest and
   * may be made anew at any time.
   */
  static Map<String, String> evidence(Path directory) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
            return String.valueOf(each.getFileName()).startsWith(INDEX)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            digests.put(
                String.valueOf(directory.relativize(file)), Line.sha256(Files.readAllBytes(file)));
            return FileVisitResult.CONTINUE;
          }
        });
    return digests;
  }
}
