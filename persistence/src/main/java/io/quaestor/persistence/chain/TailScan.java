package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.Disk.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Looks closer at the end of a segment. */
final class TailScan {

  private static final byte[] MARK = " {\"prev\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int CHUNK_BYTES = 4096;

  private TailScan() {}

  /**
   * Whether a line whose hash is right begins anywhere in {@code [from, to)}, also in the middle of
   * what looks like a line: a damaged line end must not hide the record behind it.
   */
  static boolean holdsGoodRecord(DiskFile file, long from, long to) throws IOException {
    byte[] bytes = read(file, from, to);
    LineVerifier verifier = new LineVerifier("");
    for (int mark = Hex.HASH_DIGITS; mark + MARK.length <= bytes.length; mark++) {
      if (Arrays.equals(bytes, mark, mark + MARK.length, MARK, 0, MARK.length)) {
        int end = Lines.indexOfEnd(bytes, mark, bytes.length);
        if (end >= 0 && verifier.hashMatches(bytes, mark - Hex.HASH_DIGITS, end)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A gap whose missing record stands further on in the segment is a change of order. */
  static Fault reordered(DiskFile file, SegmentReport segment, Fault gap, String node)
      throws IOException {
    byte[] bytes = read(file, segment.goodEnd(), segment.size());
    int start = 0;
    for (int end; (end = Lines.indexOfEnd(bytes, start, bytes.length)) >= 0; start = end + 1) {
      LineVerifier verifier = new LineVerifier(node);
      if (verifier.check(bytes, start, end) == null && verifier.firstSeq() == gap.seq()) {
        return new Fault(
            Fault.Kind.RECORDS_REORDERED,
            gap.seq(),
            gap.segment(),
            gap.offset(),
            "%s, and record %d further on, at byte %d"
                .formatted(gap.detail(), gap.seq(), segment.goodEnd() + start));
      }
    }
    return gap;
  }

  /** The verified line in {@code [from, to)}, its line end included. */
  static RecordLine line(DiskFile file, long from, long to) throws IOException {
    byte[] bytes = read(file, from, to);
    return new RecordLine(bytes, 0, bytes.length - 1);
  }

  /** Where the line begins that ends at {@code end}, or -1 when {@code end} is 0. */
  static long startOfLineBefore(DiskFile file, long end) throws IOException {
    if (end == 0) {
      return -1;
    }
    long to = end - 1;
    while (to > 0) {
      long from = Math.max(0, to - CHUNK_BYTES);
      byte[] chunk = read(file, from, to);
      for (int i = chunk.length - 1; i >= 0; i--) {
        if (chunk[i] == '\n') {
          return from + i + 1;
        }
      }
      to = from;
    }
    return 0;
  }

  static byte[] read(DiskFile file, long from, long to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(to - from));
    while (buffer.hasRemaining()) {
      if (file.read(buffer, from + buffer.position()) < 0) {
        throw new EOFException("the file has become shorter");
      }
    }
    return buffer.array();
  }
}
