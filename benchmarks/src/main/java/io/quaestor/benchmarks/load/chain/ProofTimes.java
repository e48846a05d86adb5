package io.quaestor.benchmarks.load.chain;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long proofs of one kind took to make and to check, and how many hashes they had. */
final class ProofTimes {

  private static final long NANOS_MAX = TimeUnit.MINUTES.toNanos(1);
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MILLI = 1e6;

  private final String kind;
  private final int hashesBound;
  private final Histogram making = new Histogram(NANOS_MAX, DIGITS);
  private final Histogram checking = new Histogram(NANOS_MAX, DIGITS);
  private int hashesMax;

  /**
   * @param hashesBound how many hashes a proof of this kind can have in a tree of this size
   */
  ProofTimes(String kind, int hashesBound) {
    this.kind = kind;
    this.hashesBound = hashesBound;
  }

  /** Adds a proof that has been checked and holds. */
  void add(long madeNanos, long checkedNanos, int hashes) throws IOException {
    if (hashes > hashesBound) {
      throw new IOException(
          "%s proof has %d hashes; %d is the most".formatted(kind, hashes, hashesBound));
    }
    making.recordValue(Math.min(NANOS_MAX, madeNanos));
    checking.recordValue(Math.min(NANOS_MAX, checkedNanos));
    hashesMax = Math.max(hashesMax, hashes);
  }

  static void printHeader(PrintWriter out) {
    out.printf(
        "%n%-14s%-8s%8s%10s%10s%10s%14s%10s%n",
        "proof", "step", "count", "p50 ms", "p99 ms", "max ms", "hashes max", "bound");
  }

  void print(PrintWriter out) {
    print("make", making, out);
    print("verify", checking, out);
  }

  private void print(String step, Histogram nanos, PrintWriter out) {
    out.printf(
        "%-14s%-8s%,8d%10.3f%10.3f%10.3f%14d%10d%n",
        kind,
        step,
        nanos.getTotalCount(),
        nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
        nanos.getValueAtPercentile(99) / NANOS_PER_MILLI,
        nanos.getMaxValue() / NANOS_PER_MILLI,
        hashesMax,
        hashesBound);
  }
}
