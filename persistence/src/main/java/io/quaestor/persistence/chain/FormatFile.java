package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.ChainRefused.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code FORMAT} says what a directory holds, before anything else is read.
 *
 * <pre>
 * quaestor-chain 1 LF
 * node node-1 LF
 * </pre>
 */
public final class FormatFile {

  public static final String NAME = "FORMAT";

  private static final int VERSION = 1;
  private static final Pattern CONTENT =
      Pattern.compile("quaestor-chain (\\d{1,9})\nnode ([A-Za-z0-9._-]{1,64})\n[\\s\\S]*");
  private static final int BYTES_MAX = 4096;

  private FormatFile() {}

  /** The name of the node that owns the directory; empty when there is no such file. */
  public static Optional<String> node(Disk disk, Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    Optional<byte[]> bytes = DurableFile.read(disk, file, BYTES_MAX);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    Matcher content = CONTENT.matcher(new String(bytes.get(), StandardCharsets.UTF_8));
    if (!content.matches()) {
      throw new ChainRefused(
          Code.CHAIN_BROKEN,
          "the file %s is damaged; restore it from a backup. It holds two lines:".formatted(file)
              + " \"quaestor-chain 1\" and \"node NAME\"");
    }
    if (Integer.parseInt(content.group(1)) > VERSION) {
      throw new ChainRefused(
          Code.FORMAT_TOO_NEW,
          "the data directory %s has format %s, this release knows format %d; start the release that"
                  .formatted(directory, content.group(1), VERSION)
              + " wrote it, or a newer one");
    }
    return Optional.of(content.group(2));
  }

  /** Checks that the directory is of this format and node; a new directory becomes so. */
  public static void checkOrCreate(Disk disk, Path directory, String node) throws IOException {
    Optional<String> owner = node(disk, directory);
    if (owner.isEmpty()) {
      create(disk, directory, node);
    } else if (!owner.get().equals(node)) {
      throw new ChainRefused(
          Code.NODE_MISMATCH,
          "the data directory %s belongs to the node %s, not to %s; set the node's name or choose"
                  .formatted(directory, owner.get(), node)
              + " another directory");
    }
  }

  private static void create(Disk disk, Path directory, String node) throws IOException {
    if (!Segments.list(disk, directory).isEmpty()) {
      throw new ChainRefused(
          Code.CHAIN_BROKEN,
          "the data directory %s holds a chain but no file %s; restore it from a backup. It holds two"
                  .formatted(directory, NAME)
              + " lines: \"quaestor-chain 1\" and \"node NAME\"");
    }
    String content = "quaestor-chain %d\nnode %s\n".formatted(VERSION, node);
    DurableFile.write(disk, directory.resolve(NAME), content.getBytes(StandardCharsets.UTF_8));
  }
}
