package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Walks over the records from a place on, in order, and checks each as a verification does. */
public final class RecordScanner {

  private static final int BLOCK_BYTES = 256 * 1024;

  private final Disk disk;
  private final Path directory;
  private final LineVerifier verifier;
  private byte[] block = new byte[BLOCK_BYTES];

  public RecordScanner(Disk disk, Path directory, String node) {
    this.disk = disk;
    this.directory = directory;
    this.verifier = new LineVerifier(node);
  }

  /** Takes one record after the other. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param bytes holds the line in {@code [start, end)}, valid only during the call
     * @return whether to go on
     */
    boolean line(byte[] bytes, int start, int end, Place place) throws IOException;
  }

  /**
   * Visits the records behind {@code (segment, offset)}, where a line begins, until the visitor has
   * enough or {@code lastSeq} is reached.
   *
   * @throws RecordDamaged at the first record that does not verify
   */
  public void scan(int segment, long offset, long lastSeq, Visitor visitor) throws IOException {
    int number = segment;
    long at = offset;
    while (disk.exists(Segments.file(directory, number))) {
      if (!scanSegment(number, at, lastSeq, visitor)) {
        return;
      }
      number++;
      at = 0;
    }
    List<Integer> segments = Segments.list(disk, directory);
    if (!segments.isEmpty() && segments.getLast() > number) {
      throw new RecordDamaged(
          new Place(number, 0, 0, verifier.lastSeq() + 1), "the file is not there");
    }
  }

  private boolean scanSegment(int segment, long offset, long lastSeq, Visitor visitor)
      throws IOException {
    try (DiskFile file = disk.openToRead(Segments.file(directory, segment))) {
      long size = file.size();
      long blockOffset = offset;
      int filled = 0;
      while (true) {
        int wanted = (int) Math.min(block.length - filled, size - blockOffset - filled);
        if (wanted <= 0) {
          return true;
        }
        int read = file.read(ByteBuffer.wrap(block, filled, wanted), blockOffset + filled);
        if (read < 0) {
          return true;
        }
        filled += read;
        int start = 0;
        int end;
        while ((end = Lines.indexOfEnd(block, start, filled)) >= 0) {
          Place place = check(segment, blockOffset + start, start, end);
          if (place.seq() > lastSeq
              || !visitor.line(block, start, end, place)
              || place.seq() == lastSeq) {
            return false;
          }
          start = end + 1;
        }
        System.arraycopy(block, start, block, 0, filled - start);
        filled -= start;
        blockOffset += start;
        if (filled == block.length) {
          block = Arrays.copyOf(block, block.length * 2);
        }
      }
    }
  }

  private Place check(int segment, long offset, int start, int end) {
    int length = end + 1 - start;
    Fault.Kind fault = verifier.check(block, start, end);
    if (fault != null) {
      throw new RecordDamaged(
          new Place(segment, offset, length, verifier.lastSeq() + 1), verifier.detail());
    }
    return new Place(segment, offset, length, verifier.lastSeq());
  }

  /** Makes a record of the line that a visitor was given. */
  public static RecordLine record(byte[] bytes, int start, int end) {
    byte[] copy = Arrays.copyOfRange(bytes, start, end + 1);
    return new RecordLine(copy, 0, end - start);
  }
}
