package io.quaestor.benchmarks.load.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Works on the segments of a chain on as many threads as the verifier does. */
final class SideBySide {

  private SideBySide() {}

  /** What is done with one segment; answers what it counted. */
  @FunctionalInterface
  interface Work {
    long on(Path segment) throws IOException;
  }

  static int threads(int segments) {
    return Math.clamp(segments, 1, Runtime.getRuntime().availableProcessors());
  }

  /** The sum of what was counted in all segments. */
  static long sum(List<Path> segments, Work work) throws IOException {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads(segments.size()))) {
      List<Future<Long>> counts = new ArrayList<>();
      segments.forEach(segment -> counts.add(pool.submit(() -> work.on(segment))));
      long sum = 0;
      for (Future<Long> count : counts) {
        sum += await(count);
      }
      return sum;
    }
  }

  private static long await(Future<Long> count) throws IOException {
    try {
      return count.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
