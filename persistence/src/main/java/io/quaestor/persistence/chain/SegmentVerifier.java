package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.Disk.DiskFile;
import io.quaestor.persistence.merkle.Hash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one segment in large blocks and checks each of its lines, up to the first bad one. */
final class SegmentVerifier {

  private static final int BLOCK_BYTES = 1024 * 1024;

  /** About what a record has; only sizes a first buffer. */
  private static final int RECORD_BYTES = 400;

  private static final int LEAVES_MAX = 1024 * 1024;

  private final DiskFile file;
  private final int segment;
  private final long size;
  private final LineVerifier lines;
  private final LeafHasher leafHasher = new LeafHasher();
  private final Meter meter;

  private byte[] block;
  private int filled;
  private long blockOffset;
  private long records;
  private long lastStart;
  private long goodEnd;
  private byte[] leaves;
  private int leavesEnd;
  private final List<Adoption> adoptions = new ArrayList<>();
  private Fault.@Nullable Kind fault;
  private String detail = "";

  private SegmentVerifier(DiskFile file, int segment, long size, String node, Meter meter) {
    this.file = file;
    this.segment = segment;
    this.size = size;
    this.lines = new LineVerifier(node);
    this.meter = meter;
    this.block = new byte[Math.clamp(size, 1, BLOCK_BYTES)];
    this.leaves = new byte[Math.clamp(size / RECORD_BYTES, 1, LEAVES_MAX) * Hash.BYTES];
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
        Arrays.copyOf(leaves, leavesEnd),
        adoptions,
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
      accept(start, end);
      records++;
      lastStart = blockOffset + start;
      start = end + 1;
      goodEnd = blockOffset + start;
    }
    return start;
  }

  /** Takes from a good line what the tree and the judgement of checkpoints need. */
  private void accept(int start, int end) {
    if (leavesEnd == leaves.length) {
      leaves = Arrays.copyOf(leaves, Math.multiplyExact(leaves.length, 2));
    }
    leafHasher.hash(block, start, end, leaves, leavesEnd);
    leavesEnd += Hash.BYTES;
    if (lines.isAdoption(block, end)) {
      Adoption.of(RecordScanner.record(block, start, end)).ifPresent(adoptions::add);
    }
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
