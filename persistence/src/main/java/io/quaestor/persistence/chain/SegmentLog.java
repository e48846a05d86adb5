package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.Disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The segment files as one log: appends to the last one and begins the next when it is full. */
final class SegmentLog implements Closeable {

  private final Disk disk;
  private final Path directory;
  private final long segmentBytes;
  private int segment;
  private long size;
  private DiskFile file;

  /**
   * Opens the log for appending.
   *
   * @param lastSegment the segment to append to, 0 when there is none yet
   */
  SegmentLog(Disk disk, Path directory, long segmentBytes, int lastSegment) throws IOException {
    this.disk = disk;
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    if (lastSegment == 0) {
      segment = 1;
      file = create(1);
    } else {
      segment = lastSegment;
      file = disk.openToWrite(Segments.file(directory, lastSegment));
      size = file.size();
    }
  }

  int segment() {
    return segment;
  }

  long size() {
    return size;
  }

  /** Begins the next segment when {@code bytes} more would make this one too long. */
  void makeRoom(int bytes) throws IOException {
    if (size > 0 && size + bytes > segmentBytes) {
      file.close();
      file = create(segment + 1);
      segment++;
      size = 0;
    }
  }

  /** Appends and syncs. */
  void append(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    file.write(bytes, size);
    file.sync();
    size += count;
  }

  private DiskFile create(int number) throws IOException {
    DiskFile created = disk.create(Segments.file(directory, number));
    try {
      created.sync();
      disk.syncDirectory(directory);
      return created;
    } catch (IOException e) {
      created.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
