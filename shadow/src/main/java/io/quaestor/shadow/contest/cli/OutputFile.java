package io.quaestor.shadow.contest.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears under its name only when it is complete; until then it grows as {@code
 * NAME.partial} beside it. What is there but no regular file (a pipe, a device) is written at once.
 */
final class OutputFile implements AutoCloseable {

  private final Path path;
  private final Path written;
  private final BufferedWriter out;

  private OutputFile(Path path, Path written, BufferedWriter out) {
    this.path = path;
    this.written = written;
    this.out = out;
  }

  static OutputFile open(Path path) throws Unwritable {
    if (Files.isDirectory(path)) {
      throw new Unwritable("%s cannot be written: it is a directory.".formatted(path));
    }
    Path written = isSpecial(path) ? path : path.resolveSibling(path.getFileName() + ".partial");
    try {
      if (Files.exists(path) && !Files.isWritable(path)) {
        throw new Unwritable("%s cannot be written: permission denied.".formatted(path));
      }
      return new OutputFile(path, written, Files.newBufferedWriter(written));
    } catch (IOException e) {
      throw Unwritable.of(path, e);
    }
  }

  private static boolean isSpecial(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path);
  }

  /** Writes to it. */
  @FunctionalInterface
  interface Writing {
    void to(Writer out) throws IOException;
  }

  void write(Writing writing) throws Unwritable {
    try {
      writing.to(out);
      out.flush();
    } catch (IOException e) {
      throw Unwritable.of(path, e);
    }
  }

  /** Ends it and makes it visible. */
  void complete() throws Unwritable {
    try {
      out.close();
      if (!written.equals(path)) {
        Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw Unwritable.of(path, e);
    }
  }

  /** Unless it was completed, leaves what is written so far in the partial file. */
  @Override
  public void close() {
    try {
      out.close();
      if (!written.equals(path) && Files.exists(written) && Files.size(written) == 0) {
        Files.delete(written);
      }
    } catch (IOException e) {
      // Already told by the write that failed, and nobody will read the rest.
    }
  }
}
