package io.quaestor.persistence;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.Segments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Changes the files of a closed chain behind its back. */
final class ChainFiles {

  private ChainFiles() {}

  static byte[] bytes(Path directory, int segment) throws IOException {
    return Files.readAllBytes(Segments.file(directory, segment));
  }

  static void bytes(Path directory, int segment, UnaryOperator<byte[]> change) throws IOException {
    Path file = Segments.file(directory, segment);
    Files.write(file, change.apply(Files.readAllBytes(file)));
  }

  static void flip(Path file, int offset) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[offset] ^= 1;
    Files.write(file, bytes);
  }

  /** Changes the lines of a segment, each without its line end. */
  static void lines(Path directory, int segment, Consumer<List<String>> change) throws IOException {
    bytes(
        directory,
        segment,
        bytes -> {
          List<String> lines =
              new ArrayList<>(new String(bytes, StandardCharsets.UTF_8).lines().toList());
          change.accept(lines);
          StringBuilder text = new StringBuilder();
          lines.forEach(line -> text.append(line).append('\n'));
          return text.toString().getBytes(StandardCharsets.UTF_8);
        });
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path file : tree.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static void deleteIndex(Path directory) throws IOException {
    deleteTree(directory.resolve("index"));
  }

  /** Why the chain is refused; empty when it opens. */
  static Optional<ChainRefused> refusal(Path directory) {
    try {
      Samples.open(directory).close();
      return Optional.empty();
    } catch (ChainRefused e) {
      return Optional.of(e);
    }
  }
}
