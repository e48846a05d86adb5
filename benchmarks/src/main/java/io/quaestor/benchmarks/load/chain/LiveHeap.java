package io.quaestor.benchmarks.load.chain;

import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.LongSummaryStatistics;

/**
 * The memory that a verification holds: the heap after garbage collections that are asked for while
 * it runs. They make it slower, so this pass has no time.
 *
 * @param during at each tenth of the chain; flat when the smallest and the largest are alike
 * @param heldBytes with the result held, which the tree is nearly all of
 */
record LiveHeap(long beforeBytes, LongSummaryStatistics during, long heldBytes) {

  private static final int MARKS = 10;
  private static final double BYTES_PER_MB = 1e6;

  static LiveHeap measure(GeneratedChain chain) throws IOException {
    long before = used();
    LongSummaryStatistics during = new LongSummaryStatistics();
    Verification verification = SoundChain.verify(chain, marks(during));
    try {
      return new LiveHeap(before, during, used());
    } finally {
      Reference.reachabilityFence(verification);
    }
  }

  /** Called by one thread at a time, while the others go on. */
  private static Progress marks(LongSummaryStatistics during) {
    return (step, bytesDone, bytesTotal, records) -> {
      if (bytesDone * MARKS >= bytesTotal * (during.getCount() + 1)) {
        during.accept(used());
      }
    };
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  void print(PrintWriter out) {
    out.printf(
        "  heap after GC: before %.2f MB, while verifying from %.2f to a peak of %.2f MB,"
            + " with the tree held %.2f MB%n",
        beforeBytes / BYTES_PER_MB,
        during.getMin() / BYTES_PER_MB,
        during.getMax() / BYTES_PER_MB,
        heldBytes / BYTES_PER_MB);
    out.printf(
        "  the tree and the rest of the result: %.2f MB%n",
        (heldBytes - beforeBytes) / BYTES_PER_MB);
  }
}
