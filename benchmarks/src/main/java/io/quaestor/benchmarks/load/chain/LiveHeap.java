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
 * @param releasedBytes when that is gone too
 */
record LiveHeap(LongSummaryStatistics during, long heldBytes, long releasedBytes) {

  private static final int MARKS = 10;

  /**
   * Of so many collections the serial collector leaves dead objects where they are in all but one.
   */
  private static final int COMPACTION_EVERY = 4; // MarkSweepAlwaysCompactCount

  private static final double BYTES_PER_MB = 1e6;

  static LiveHeap measure(GeneratedChain chain) throws IOException {
    LongSummaryStatistics during = new LongSummaryStatistics();
    long held = heldAfterVerifying(chain, during);
    return new LiveHeap(during, held, used());
  }

  private static long heldAfterVerifying(GeneratedChain chain, LongSummaryStatistics during)
      throws IOException {
    Verification verification = SoundChain.verify(chain, marks(during));
    try {
      return used();
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
    for (int i = 0; i < COMPACTION_EVERY; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  void print(PrintWriter out) {
    out.printf(
        "  heap after GC: while verifying from %.2f to a peak of %.2f MB, with the tree held %.2f MB,"
            + " without it %.2f MB%n",
        during.getMin() / BYTES_PER_MB,
        during.getMax() / BYTES_PER_MB,
        heldBytes / BYTES_PER_MB,
        releasedBytes / BYTES_PER_MB);
    out.printf(
        "  the tree and the rest of the result: %.2f MB%n",
        (heldBytes - releasedBytes) / BYTES_PER_MB);
  }
}
