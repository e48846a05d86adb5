package io.quaestor.benchmarks.load.figure;

import java.io.Console;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** How far a run is: a bar that is redrawn on a terminal, a line now and then in a pipe. */
public final class Progress {

  private static final int BAR_WIDTH = 40;
  private static final long PIPE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintWriter out;
  private final boolean terminal;
  private final long total;
  private final String unit;
  private final long startNanos = System.nanoTime();
  private long printedNanos = startNanos;

  private Progress(PrintWriter out, boolean terminal, long total, String unit) {
    this.out = out;
    this.terminal = terminal;
    this.total = total;
    this.unit = unit;
  }

  /**
   * @param unit what is counted, in the plural
   */
  @SuppressWarnings("SystemConsoleNull") // never null in JDK 25, but declared so
  public static Progress of(PrintWriter out, long total, String unit) {
    Console console = System.console();
    return new Progress(out, console != null && console.isTerminal(), total, unit);
  }

  public void at(long done) {
    long now = System.nanoTime();
    double perSecond = done * NANOS_PER_SECOND / Math.max(1, now - startNanos);
    if (terminal) {
      int filled = (int) (BAR_WIDTH * done / Math.max(1, total));
      out.printf(
          "\r[%s%s] %3d %%  %,d of %,d  %,.0f/s ",
          "#".repeat(filled),
          ".".repeat(BAR_WIDTH - filled),
          100 * done / Math.max(1, total),
          done,
          total,
          perSecond);
      out.flush();
    } else if (now - printedNanos >= PIPE_NANOS) {
      printedNanos = now;
      out.printf("%,d of %,d %s, %,.0f/s%n", done, total, unit, perSecond);
    }
  }

  public void finish(long done) {
    at(done);
    if (terminal) {
      out.println();
    }
  }

  public double seconds() {
    return (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
  }
}
