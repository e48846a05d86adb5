package io.quaestor.shadow.contest.cli;

import io.quaestor.http.cli.Terminal;
import io.quaestor.shadow.Progress;
import io.quaestor.shadow.contest.ContestProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A bar that is one line on a terminal, drawn over and over; nothing anywhere else. What takes less
 * than a moment shows none.
 */
public final class BenchBar implements ContestProgress, Progress {

  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int CELLS = 30;
  private static final int STEP_CHARS_MAX = 28;

  private final PrintWriter terminal;
  private final boolean shown;
  private final LongSupplier nanos;

  private String step = "";
  private long began;
  private long drawn;
  private int width;

  BenchBar(PrintWriter terminal, boolean shown, LongSupplier nanos) {
    this.terminal = terminal;
    this.shown = shown;
    this.nanos = nanos;
  }

  /** A bar on the error output, if that is a terminal. */
  public static BenchBar on(PrintWriter err) {
    return new BenchBar(err, Terminal.isStderr(), System::nanoTime);
  }

  @Override
  public void at(String step, long done, long total) {
    long now = nanos.getAsLong();
    if (!step.equals(this.step)) {
      this.step = step;
      began = now;
      drawn = now - REDRAW_NANOS;
    }
    if (shown && now - began >= QUIET_NANOS && now - drawn >= REDRAW_NANOS) {
      drawn = now;
      draw(line(done, total, now - began));
    }
  }

  private String line(long done, long total, long tookNanos) {
    String label = step.length() > STEP_CHARS_MAX ? step.substring(0, STEP_CHARS_MAX) : step;
    if (total <= 0 || done <= 0) {
      return String.format(Locale.ROOT, "%s  %,d", label, done);
    }
    double share = Math.min(1, (double) done / total);
    int full = (int) (share * CELLS);
    long left = (long) (tookNanos * (1 - share) / share / TimeUnit.SECONDS.toNanos(1));
    return String.format(
        Locale.ROOT,
        "%s [%s%s] %3d %%  %d:%02d left",
        label,
        "#".repeat(full),
        ".".repeat(CELLS - full),
        (int) (share * 100),
        left / 60,
        left % 60);
  }

  private void draw(String line) {
    terminal.print('\r' + line + " ".repeat(Math.max(0, width - line.length())));
    terminal.flush();
    width = line.length();
  }

  /** Takes the bar away. */
  public void finish() {
    if (width > 0) {
      terminal.print('\r' + " ".repeat(width) + '\r');
      terminal.flush();
      width = 0;
    }
  }
}
