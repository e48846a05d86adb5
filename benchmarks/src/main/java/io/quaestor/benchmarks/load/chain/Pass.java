package io.quaestor.benchmarks.load.chain;

/**
 * A pass is one measured way over the whole chain.
 *
 * @param storageBytes what was fetched from storage for it; the page cache had the rest
 */
record Pass(double seconds, long records, long bytes, long storageBytes) {

  private static final double BYTES_PER_MB = 1e6;

  double recordsPerSecond() {
    return records / seconds;
  }

  double mbPerSecond() {
    return bytes / BYTES_PER_MB / seconds;
  }

  double storageMb() {
    return storageBytes / BYTES_PER_MB;
  }

  /** This pass's rate as a share of another's, in percent. */
  double percentOf(Pass other) {
    return 100 * recordsPerSecond() / other.recordsPerSecond();
  }
}
