package io.quaestor.http.cli;

import io.quaestor.persistence.chain.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A progress bar is one line on a terminal that is drawn over and over; nothing anywhere else. What
 * takes less than a moment shows none.
 */
final class ProgressBar implements Progress {

  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int CELLS = 30;

  private final PrintWriter terminal;
  private final boolean shown;
  private final LongSupplier nanos;
  private final long began;

  private long drawn;
  private int width;
  private Step step = Step.VERIFY;
  private long stepBegan;

  ProgressBar(PrintWriter terminal, boolean shown, LongSupplier nanos) {
    this.terminal = terminal;
    this.shown = shown;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    this.stepBegan = began;
    this.drawn = began;
  }

  /** A bar on the error output, if that is a terminal. */
  static ProgressBar on(PrintWriter err) {
    return new ProgressBar(err, Terminal.isStderr(), System::nanoTime);
  }

  static ProgressBar none(PrintWriter err) {
    return new ProgressBar(err, false, System::nanoTime);
  }

  @Override
  public void at(Step step, long bytesDone, long bytesTotal, long records) {
    long now = nanos.getAsLong();
    if (!step.equals(this.step)) {
      this.step = step;
      stepBegan = now;
    }
    if (!shown || now - began < QUIET_NANOS || now - drawn < REDRAW_NANOS) {
      return;
    }
    drawn = now;
    draw(line(bytesDone, bytesTotal, records, now - stepBegan));
  }

  private String line(long bytesDone, long bytesTotal, long records, long tookNanos) {
    double share = bytesTotal == 0 ? 1 : Math.min(1, (double) bytesDone / bytesTotal);
    int full = (int) (share * CELLS);
    long leftSeconds =
        share == 0 ? 0 : (long) (tookNanos * (1 - share) / share / TimeUnit.SECONDS.toNanos(1));
    return String.format(
        Locale.ROOT,
        "%s [%s%s] %3d %%  %,d records, %,d/s, %d:%02d left",
        label(),
        "#".repeat(full),
        ".".repeat(CELLS - full),
        (int) (share * 100),
        records,
        (long) (records * 1e9 / Math.max(1, tookNanos)),
        leftSeconds / 60,
        leftSeconds % 60);
  }

  private String label() {
    return switch (step) {
      case VERIFY -> "Verifying";
      case INDEX -> "Indexing";
      case EXPORT -> "Exporting";
      case REPLAY -> "Replaying";
    };
  }

  private void draw(String line) {
    terminal.print('\r' + line + " ".repeat(Math.max(0, width - line.length())));
    terminal.flush();
    width = line.length();
  }

  /** Takes the bar away. */
  void finish() {
    if (width > 0) {
      terminal.print('\r' + " ".repeat(width) + '\r');
      terminal.flush();
      width = 0;
    }
  }
}
