package io.quaestor.persistence.chain;

import io.quaestor.persistence.chain.ChainJoin.Joined;
import io.quaestor.persistence.chain.Disk.DiskFile;
import io.quaestor.persistence.chain.Progress.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
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
    return verify(Set.of(), progress);
  }

  /**
   * @param sizes the sizes of checkpoints, at which the tree's roots are wanted
   */
  public Verification verify(Set<Long> sizes, Progress progress) throws IOException {
    long began = System.nanoTime();
    List<Segment> segments = segments();
    long bytes = segments.stream().mapToLong(Segment::size).sum();
    Meter meter = new Meter(progress, Step.VERIFY, bytes);
    ChainJoin join = new ChainJoin(sizes);
    verifyEach(segments, meter, join);
    meter.finish();
    Joined joined = join.joined();
    Verdict verdict = new TailJudge(disk, directory, node, evidence).judge(joined);
    return new Verification(
        verdict,
        joined.head().seq(),
        segments.size(),
        segments.isEmpty() ? 0 : segments.getLast().number(),
        bytes,
        Duration.ofNanos(System.nanoTime() - began),
        join.treeUpTo(seqOfHead(verdict)),
        join.roots(),
        join.adoptions());
  }

  private static long seqOfHead(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Sound sound -> sound.head().seq();
      case Verdict.Torn torn -> torn.head().seq();
      case Verdict.Broken broken -> broken.fault().seq() - 1;
    };
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

  /** Segments are verified side by side and joined in order, so few reports wait at a time. */
  private void verifyEach(List<Segment> segments, Meter meter, ChainJoin join) throws IOException {
    int threads = Math.min(segments.size(), Runtime.getRuntime().availableProcessors());
    if (threads <= 1) {
      for (Segment each : segments) {
        join.add(verifyOne(each, meter), each.number() == segments.getLast().number());
      }
      return;
    }
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("chain-verifier-", 1).factory())) {
      Deque<Future<SegmentReport>> futures = new ArrayDeque<>();
      for (Segment each : segments) {
        futures.add(pool.submit(() -> verifyOne(each, meter)));
      }
      while (!futures.isEmpty()) {
        SegmentReport report = await(futures.remove());
        join.add(report, futures.isEmpty());
      }
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
}
