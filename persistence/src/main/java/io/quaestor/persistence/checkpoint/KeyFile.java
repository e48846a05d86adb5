package io.quaestor.persistence.checkpoint;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainRefused.Code;
import io.quaestor.persistence.chain.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file that holds a private key, one line of text, for its owner alone (mode 0600 from the moment
 * it exists). One that was put there may also be read by its group, as Kubernetes mounts it.
 */
public final class KeyFile {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> ALLOWED =
      PosixFilePermissions.fromString("rwxr-----");

  private final Path file;

  public KeyFile(Path file) {
    this.file = file;
  }

  public Path path() {
    return file;
  }

  /** The key's text; empty when there is no file. */
  public Optional<String> read() {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      requireFile();
      requirePrivate();
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      throw new ChainRefused(
          Code.KEY_UNREADABLE,
          "the key file %s cannot be read: %s".formatted(file, Reason.of(e)),
          e);
    }
  }

  private void requireFile() {
    if (!Files.isRegularFile(file)) {
      throw new ChainRefused(
          Code.KEY_UNREADABLE,
          "%s is %s; name a file that holds the key"
              .formatted(file, Files.isDirectory(file) ? "a directory" : "no regular file"));
    }
  }

  private void requirePrivate() throws IOException {
    if (isPosix()) {
      Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
      if (!ALLOWED.containsAll(found)) {
        throw new ChainRefused(
            Code.KEY_UNREADABLE,
            "others can use the key file %s (%s); run chmod 600 on it"
                .formatted(file, PosixFilePermissions.toString(found)));
      }
    }
  }

  /** Writes a new file; the old one is replaced when the new one is safe. */
  public void write(String secret) {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.deleteIfExists(temporary);
      Files.createFile(temporary, attributes());
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      moveTo(temporary, file);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Puts this file in the place of another. */
  public void replace(KeyFile other) {
    try {
      moveTo(file, other.file);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static void moveTo(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path directory = to.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private ChainRefused unwritable(IOException cause) {
    return new ChainRefused(
        Code.KEY_UNREADABLE,
        "the key file %s cannot be written: %s".formatted(file, Reason.of(cause)),
        cause);
  }

  private FileAttribute<?>[] attributes() {
    return isPosix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private boolean isPosix() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
