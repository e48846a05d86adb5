package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.Disk.DiskFile;
import io.quaestor.persistence.chain.Progress.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a chain: each segment by itself, several at a time, then that they follow one another.
 * Needs nothing but the files and the node's name, and changes nothing.
 */
public final class ChainVerifier {

  private final Disk disk;
  private final Path directory;
  private final String node;
  private final @Nullable Evidence evidence;

  public ChainVerifier(Disk disk, Path directory, String node, @Nullable Evidence evidence) {
    this.disk = disk;
    this.directory = directory;
    this.node = node;
    this.evidence = evidence;
  }

  private record Segment(int number, long size) {}

  public Verification verify(Progress progress) throws IOException {
    long began = System.nanoTime();
    List<Segment> segments = segments();
    long bytes = segments.stream().mapToLong(Segment::size).sum();
    Meter meter = new Meter(progress, Step.VERIFY, bytes);
    List<SegmentReport> reports = verifyEach(segments, meter);
    meter.finish();
    Joined joined = join(reports);
    Verdict verdict = new TailJudge(disk, directory, evidence).judge(joined);
    return new Verification(
        verdict,
        joined.head().seq(),
        segments.size(),
        segments.isEmpty() ? 0 : segments.getLast().number(),
        bytes,
        Duration.ofNanos(System.nanoTime() - began));
  }

  /** The segments with their sizes as they are now; a running node may add to the last one. */
  private List<Segment> segments() throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (int number : Segments.list(disk, directory)) {
      try (DiskFile file = disk.openToRead(Segments.file(directory, number))) {
        segments.add(new Segment(number, file.size()));
      }
    }
    return segments;
  }

  private List<SegmentReport> verifyEach(List<Segment> segments, Meter meter) throws IOException {
    int threads = Math.min(segments.size(), Runtime.getRuntime().availableProcessors());
    if (threads <= 1) {
      List<SegmentReport> reports = new ArrayList<>();
      for (Segment each : segments) {
        reports.add(verifyOne(each, meter));
      }
      return reports;
    }
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("chain-verifier-", 1).factory())) {
      List<Future<SegmentReport>> futures = new ArrayList<>();
      for (Segment each : segments) {
        futures.add(pool.submit(() -> verifyOne(each, meter)));
      }
      List<SegmentReport> reports = new ArrayList<>();
      for (Future<SegmentReport> future : futures) {
        reports.add(await(future));
      }
      return reports;
    }
  }

  private SegmentReport verifyOne(Segment segment, Meter meter) throws IOException {
    return SegmentVerifier.verify(disk, directory, segment.number(), segment.size(), node, meter);
  }

  private static SegmentReport await(Future<SegmentReport> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the verification was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * The good records of all segments up to the first fault.
   *
   * @param last the segment that the fault or the end of the chain is in, null without segments
   * @param inLast whether that is the last segment
   */
  record Joined(Head head, @Nullable Fault fault, @Nullable SegmentReport last, boolean inLast) {}

  private static Joined join(List<SegmentReport> reports) {
    Head head = Head.EMPTY;
    int number = 0;
    SegmentReport last = null;
    for (SegmentReport report : reports) {
      number++;
      last = report;
      boolean inLast = number == reports.size();
      Fault fault = follow(head, number, report);
      if (fault != null) {
        return new Joined(head, fault, report, false);
      }
      if (report.records() > 0) {
        head =
            new Head(
                head.seq() + report.records(),
                report.lastHash(),
                report.segment(),
                report.goodEnd());
      }
      if (report.fault() != null) {
        Fault inside =
            new Fault(
                report.fault(),
                head.seq() + 1,
                report.segment(),
                report.goodEnd(),
                report.detail());
        return new Joined(head, inside, report, inLast);
      }
    }
    return new Joined(head, null, last, true);
  }

  /** Whether a segment begins where the one before it ended. */
  private static @Nullable Fault follow(Head head, int number, SegmentReport report) {
    long expected = head.seq() + 1;
    if (report.segment() != number) {
      return new Fault(Fault.Kind.MISSING_SEGMENT, expected, number, 0, "the file is not there");
    }
    if (report.firstSeq() == 0) {
      return null;
    }
    if (report.firstSeq() != expected) {
      return new Fault(
          Fault.Kind.SEQUENCE_GAP,
          expected,
          number,
          0,
          "record %d stands there".formatted(report.firstSeq()));
    }
    if (!report.firstPrev().equals(head.hash())) {
      return new Fault(
          Fault.Kind.LINK_MISMATCH,
          expected,
          number,
          0,
          "it does not name the hash of the record before it");
    }
    return null;
  }
}
