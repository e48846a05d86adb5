package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Small files that are replaced as a whole: the old bytes or the new ones, never a mixture. */
public final class DurableFile {

  private DurableFile() {}

  /** Writes beside the file, syncs, and puts the new file in the place of the old one. */
  public static void write(Disk disk, Path file, byte[] bytes) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    disk.delete(temporary);
    try (DiskFile open = disk.create(temporary)) {
      open.write(ByteBuffer.wrap(bytes), 0);
      open.sync();
    }
    disk.rename(temporary, file);
    disk.syncDirectory(directoryOf(file));
  }

  /** Up to {@code bytesMax} bytes of the file; empty when there is none. */
  public static Optional<byte[]> read(Disk disk, Path file, int bytesMax) throws IOException {
    if (!disk.exists(file)) {
      return Optional.empty();
    }
    try (DiskFile open = disk.openToRead(file)) {
      return Optional.of(TailScan.read(open, 0, Math.min(open.size(), bytesMax)));
    }
  }

  private static Path directoryOf(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    return directory == null ? file.getFileSystem().getPath("/") : directory;
  }
}
