package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.Disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads a chain's JSON bytes from its files alone, and checks each record on the way. */
public final class ChainExport {

  private final Disk disk;
  private final Path directory;
  private final String node;

  public ChainExport(Disk disk, Path directory, String node) {
    this.disk = disk;
    this.directory = directory;
    this.node = node;
  }

  /** Takes the bytes {@code [start, end)}, which are the JSON of one record. */
  @FunctionalInterface
  public interface Target {
    void json(byte[] bytes, int start, int end) throws IOException;
  }

  /**
   * Hands over the records {@code from} to {@code to}, as far as there are any.
   *
   * @throws RecordDamaged at the first record that does not verify; those before it have been
   *     handed over
   */
  public void export(long from, long to, Progress progress, Target target) throws IOException {
    int segment = segmentOf(from);
    Meter meter = new Meter(progress, Progress.Step.EXPORT, bytesFrom(segment));
    new RecordScanner(disk, directory, node)
        .scan(
            segment,
            0,
            to,
            (bytes, start, end, place) -> {
              if (place.seq() >= from) {
                target.json(bytes, start + RecordLine.JSON_OFFSET, end);
              }
              meter.add(place.length(), 1);
              return true;
            });
    meter.finish();
  }

  /** The last segment whose first record is not behind {@code seq}. */
  private int segmentOf(long seq) throws IOException {
    List<Integer> segments = Segments.list(disk, directory);
    int found = 1;
    for (int segment : segments) {
      if (firstSeq(segment) > seq) {
        break;
      }
      found = segment;
    }
    return found;
  }

  /** Number of a segment's first record; none that is asked for when it has no good one. */
  private long firstSeq(int segment) throws IOException {
    long[] first = {Long.MAX_VALUE};
    try {
      new RecordScanner(disk, directory, node)
          .scan(
              segment,
              0,
              Long.MAX_VALUE,
              (bytes, start, end, place) -> {
                first[0] = place.seq();
                return false;
              });
    } catch (RecordDamaged e) {
      // The walk comes from the segment before and says what is wrong.
      return Long.MAX_VALUE;
    }
    return first[0];
  }

  private long bytesFrom(int first) throws IOException {
    long bytes = 0;
    for (int segment : Segments.list(disk, directory)) {
      if (segment >= first) {
        try (DiskFile file = disk.openToRead(Segments.file(directory, segment))) {
          bytes += file.size();
        }
      }
    }
    return bytes;
  }
}
