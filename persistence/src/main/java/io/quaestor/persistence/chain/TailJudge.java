package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.ChainJoin.Joined;
import io.quaestor.persistence.chain.Disk.DiskFile;
import io.quaestor.persistence.chain.Fault.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Judges the end of a chain: is it whole, torn by a crash, or broken?
 *
 * <p>A crash leaves the beginning of the last write: some whole records, perhaps a part of one, and
 * nothing good behind it. That write was not acknowledged, unless the index knows of it: it is
 * written after the sync. So, when the record that fails is N:
 *
 * <pre>
 * index knows     what is found                        verdict
 * later than N    anything                             broken: acknowledged records are gone
 * N               the file is as long as it was        broken: it was damaged in place
 * N               the file ends within N               torn; N may have been acknowledged
 * less, nothing   no good record behind it             torn
 * anything        a good record behind it              broken
 * later than end  a clean end                          broken: records are missing at the end
 * </pre>
 */
final class TailJudge {

  private final Disk disk;
  private final Path directory;
  private final String node;
  private final @Nullable Evidence evidence;
  private final long indexed;

  TailJudge(Disk disk, Path directory, String node, @Nullable Evidence evidence) {
    this.disk = disk;
    this.directory = directory;
    this.node = node;
    this.evidence = evidence;
    this.indexed = evidence == null ? 0 : evidence.seq();
  }

  Verdict judge(Joined joined) throws IOException {
    Fault fault = joined.fault();
    if (fault == null) {
      return judgeCleanEnd(joined);
    }
    SegmentReport last = joined.last();
    if (last == null || fault.kind() == Kind.MISSING_SEGMENT) {
      return new Verdict.Broken(fault);
    }
    try (DiskFile file = disk.openToRead(Segments.file(directory, last.segment()))) {
      if (fault.kind() == Kind.SEQUENCE_GAP) {
        return new Verdict.Broken(TailScan.reordered(file, last, fault, node));
      }
      if (!joined.inLast() || indexed > fault.seq()) {
        return new Verdict.Broken(fault);
      }
      if (damagedInPlace(fault, last)
          || TailScan.holdsGoodRecord(file, last.goodEnd(), last.size())) {
        return new Verdict.Broken(fault);
      }
      return torn(joined, last, fault, file);
    }
  }

  /** The index knows the failing record, and the file is at least as long as it was then. */
  private boolean damagedInPlace(Fault fault, SegmentReport last) {
    return evidence != null
        && indexed == fault.seq()
        && (evidence.place().segment() != last.segment() || last.size() >= evidence.place().end());
  }

  private Verdict judgeCleanEnd(Joined joined) throws IOException {
    Head head = joined.head();
    SegmentReport last = joined.last();
    if (indexed > head.seq()) {
      return new Verdict.Broken(
          new Fault(
              Kind.RECORDS_MISSING,
              head.seq() + 1,
              last == null ? 1 : last.segment(),
              last == null ? 0 : last.goodEnd(),
              "the chain ends here, but the index knows records up to %d".formatted(indexed)));
    }
    if (last == null || last.records() == 0) {
      return new Verdict.Sound(head);
    }
    try (DiskFile file = disk.openToRead(Segments.file(directory, last.segment()))) {
      if (TailScan.line(file, last.lastStart(), last.goodEnd()).envelope().rest() == 0) {
        return new Verdict.Sound(head);
      }
      Fault fault =
          new Fault(
              Kind.INCOMPLETE_WRITE,
              head.seq() + 1,
              last.segment(),
              last.goodEnd(),
              "the atomic write before it ends without its last record");
      return torn(joined, last, fault, file);
    }
  }

  /** Torn, unless whole records of an incomplete atomic write would go that the index knows. */
  private Verdict torn(Joined joined, SegmentReport last, Fault fault, DiskFile file)
      throws IOException {
    Head head = joined.head();
    long from = last.goodEnd();
    if (last.records() > 0) {
      RecordLine line = TailScan.line(file, last.lastStart(), last.goodEnd());
      long start = last.lastStart();
      while (line.envelope().rest() > 0) {
        from = start;
        head = before(line, last, start);
        long previous = TailScan.startOfLineBefore(file, start);
        if (previous < 0) {
          break;
        }
        RecordLine candidate = TailScan.line(file, previous, start);
        if (candidate.envelope().rest() != line.envelope().rest() + 1) {
          break;
        }
        line = candidate;
        start = previous;
      }
    }
    if (indexed > head.seq() && indexed < fault.seq()) {
      return new Verdict.Broken(fault);
    }
    return new Verdict.Torn(head, last.segment(), from, last.size(), fault, indexed == fault.seq());
  }

  /** The head of the chain when {@code line} and all behind it are taken away. */
  private Head before(RecordLine line, SegmentReport last, long start) throws IOException {
    long seq = line.envelope().seq() - 1;
    if (start > 0 || seq == 0) {
      return new Head(seq, line.envelope().prev(), last.segment(), start);
    }
    int segment = last.segment() - 1;
    try (DiskFile file = disk.openToRead(Segments.file(directory, segment))) {
      return new Head(seq, line.envelope().prev(), segment, file.size());
    }
  }
}
