package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.ChainRefused.Code;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds a chain directory for one owner: a lock on the file {@code LOCK} against other processes,
 * an entry in a table against this one.
 *
 * <p>The table is asked first, because closing any channel of a file drops the process's lock on it
 * (POSIX): a second attempt in the same process must not even open the file.
 */
public final class DirectoryLock implements AutoCloseable {

  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /** Creates the directory when it does not exist, and locks it. */
  public static DirectoryLock acquire(Path directory, Disk disk) {
    Path real;
    try {
      disk.createDirectories(directory);
      real = directory.toRealPath();
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
    if (!HELD.add(real)) {
      throw locked(directory);
    }
    try {
      return new DirectoryLock(real, lock(directory));
    } catch (RuntimeException e) {
      HELD.remove(real);
      throw e;
    }
  }

  @SuppressWarnings("resource") // closing the channel releases the lock
  private static FileChannel lock(Path directory) {
    FileChannel channel = null;
    try {
      if (!Files.isWritable(directory)) {
        throw new IOException("no permission to write");
      }
      channel =
          FileChannel.open(
              directory.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw locked(directory);
      }
      return channel;
    } catch (IOException e) {
      closeQuietly(channel);
      throw unwritable(directory, e);
    }
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The failure that led here is the one to report.
    }
  }

  private static ChainRefused locked(Path directory) {
    return new ChainRefused(
        Code.DIRECTORY_LOCKED,
        "the data directory %s is in use by another node; stop that one or choose another directory"
            .formatted(directory));
  }

  private static ChainRefused unwritable(Path directory, IOException cause) {
    return new ChainRefused(
        Code.DIRECTORY_UNWRITABLE,
        "the data directory %s cannot be written (%s); give the server's user the right to create"
                .formatted(directory, Reason.of(cause))
            + " and write files in it, or choose another directory",
        cause);
  }

  @Override
  public void close() {
    closeQuietly(channel);
    HELD.remove(directory);
  }
}
