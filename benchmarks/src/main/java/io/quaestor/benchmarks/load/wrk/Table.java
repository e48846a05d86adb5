package io.quaestor.benchmarks.load.wrk;

import java.io.PrintWriter;

/** One line for each target in each round. */
final class Table {

  private final PrintWriter out;

  Table(PrintWriter out) {
    this.out = out;
  }

  /**
   * @param of what each rate is told as a share of
   */
  void printHeader(String of) {
    out.printf(
        "%n%-8s%-22s%12s%10s%10s%10s%11s%15s%10s%10s%n",
        "round",
        "target",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "max ms",
        "of %s %%".formatted(of),
        "server cpu us",
        "others %",
        "non-2xx");
  }

  void print(int round, String target, Measured measured, Measured of) {
    out.printf(
        "%-8d%-22s%,12.0f%10.2f%10.2f%10.2f%11.1f%15.1f%10.1f%,10d%n",
        round,
        target,
        measured.perSecond(),
        measured.p50Millis(),
        measured.p99Millis(),
        measured.maxMillis(),
        measured.percentOf(of),
        measured.processorMicros(),
        measured.othersPercent(),
        measured.result().non2xx());
  }
}
