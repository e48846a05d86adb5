package io.quaestor.persistence.chain;

import java.time.Duration;

/**
 * A verification of a whole chain.
 *
 * @param records number of good records up to the first fault
 * @param lastSegment number of the segment to append to, 0 when there is none
 */
public record Verification(
    Verdict verdict, long records, int segments, int lastSegment, long bytes, Duration took) {

  public long recordsPerSecond() {
    return (long) (records * 1e9 / Math.max(took.toNanos(), 1));
  }
}
