package io.quaestor.persistence.chain;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk is every file operation the chain makes, as one small interface, so that a test can fail
 * each of them once.
 */
public interface Disk {

  /** The file system of this machine. */
  static Disk local() {
    return LocalDisk.INSTANCE;
  }

  /** Names of the files in a directory. */
  List<String> list(Path directory) throws IOException;

  void createDirectories(Path directory) throws IOException;

  boolean exists(Path file);

  /** Opens a file that exists, for reading. */
  DiskFile openToRead(Path file) throws IOException;

  /** Opens a file that exists, for reading and for writing. */
  DiskFile openToWrite(Path file) throws IOException;

  /** Creates a file that does not exist. */
  DiskFile create(Path file) throws IOException;

  /** Replaces {@code to} in one atomic step. */
  void rename(Path from, Path to) throws IOException;

  void delete(Path file) throws IOException;

  /** Makes creations, renames and deletions in a directory durable. */
  void syncDirectory(Path directory) throws IOException;

  /** Bytes that may still be written. */
  long usableBytes(Path directory) throws IOException;

  /** An open file. */
  interface DiskFile extends Closeable {

    /** Reads up to the buffer's end; -1 at the end of the file. */
    int read(ByteBuffer to, long offset) throws IOException;

    /** Writes all of the buffer at the offset. */
    void write(ByteBuffer from, long offset) throws IOException;

    /** Makes all written bytes durable. */
    void sync() throws IOException;

    void truncate(long size) throws IOException;

    long size() throws IOException;
  }
}
