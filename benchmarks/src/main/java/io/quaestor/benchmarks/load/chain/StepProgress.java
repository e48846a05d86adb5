package io.quaestor.benchmarks.load.chain;

import io.quaestor.benchmarks.load.figure.Progress;
import io.quaestor.persistence.chain.Progress.Step;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far the opening of a chain is, one step after the other. */
final class StepProgress implements io.quaestor.persistence.chain.Progress {

  private final PrintWriter out;
  private final long records;
  private @Nullable Step step;
  private @Nullable Progress current;

  StepProgress(PrintWriter out, long records) {
    this.out = out;
    this.records = records;
  }

  @Override
  public void at(Step now, long bytesDone, long bytesTotal, long recordsDone) {
    Progress progress = current;
    if (progress == null || step != now) {
      finish();
      String unit = "records (%s)".formatted(now.name().toLowerCase(Locale.ROOT));
      progress = Progress.of(out, records, unit);
      step = now;
      current = progress;
    }
    progress.at(recordsDone);
  }

  /** The last step is done. */
  void finish() {
    if (current != null) {
      current.finish(records);
    }
  }
}
