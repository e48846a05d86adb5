package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.Disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads one segment in large blocks and checks each of its lines, up to the first bad one. */
final class SegmentVerifier {

  private static final int BLOCK_BYTES = 1024 * 1024;

  private final DiskFile file;
  private final int segment;
  private final long size;
  private final LineVerifier lines;
  private final Meter meter;

  private byte[] block;
  private int filled;
  private long blockOffset;
  private long records;
  private long lastStart;
  private long goodEnd;
  private Fault.@Nullable Kind fault;
  private String detail = "";

  private SegmentVerifier(DiskFile file, int segment, long size, String node, Meter meter) {
    this.file = file;
    this.segment = segment;
    this.size = size;
    this.lines = new LineVerifier(node);
    this.meter = meter;
    this.block = new byte[Math.clamp(size, 1, BLOCK_BYTES)];
  }

  /** Verifies the first {@code size} bytes of a segment. */
  static SegmentReport verify(
      Disk disk, Path directory, int segment, long size, String node, Meter meter)
      throws IOException {
    try (DiskFile file = disk.openToRead(Segments.file(directory, segment))) {
      return new SegmentVerifier(file, segment, size, node, meter).run();
    }
  }

  private SegmentReport run() throws IOException {
    while (fault == null && fill()) {
      long before = records;
      int consumed = checkLines();
      meter.add(consumed, records - before);
      keepRest(consumed);
    }
    if (fault == null && goodEnd < size) {
      fault = Fault.Kind.INCOMPLETE;
      detail = "the file ends within it";
    }
    return new SegmentReport(
        segment,
        size,
        records,
        lines.firstSeq(),
        lines.firstPrev(),
        lines.lastHash(),
        lastStart,
        goodEnd,
        fault,
        detail);
  }

  /** Fills the block from the file; false at the end. */
  private boolean fill() throws IOException {
    long offset = blockOffset + filled;
    int wanted = (int) Math.min(block.length - filled, size - offset);
    if (wanted <= 0) {
      return false;
    }
    int read = file.read(ByteBuffer.wrap(block, filled, wanted), offset);
    if (read <= 0) {
      return false;
    }
    filled += read;
    return true;
  }

  private int checkLines() {
    int start = 0;
    int end;
    while ((end = Lines.indexOfEnd(block, start, filled)) >= 0) {
      fault = lines.check(block, start, end);
      if (fault != null) {
        detail = lines.detail();
        return start;
      }
      records++;
      lastStart = blockOffset + start;
      start = end + 1;
      goodEnd = blockOffset + start;
    }
    return start;
  }

  private void keepRest(int consumed) {
    if (consumed > 0) {
      System.arraycopy(block, consumed, block, 0, filled - consumed);
      blockOffset += consumed;
      filled -= consumed;
    } else if (filled == block.length) {
      growBlock();
    }
  }

  private void growBlock() {
    if (block.length >= RecordBatch.LINE_BYTES_MAX) {
      fault = Fault.Kind.MALFORMED;
      detail = "the line is longer than any record";
    } else {
      block = Arrays.copyOf(block, block.length * 2);
    }
  }
}
