package io.quaestor.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.persistence.chain.Progress.Step;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private final StringWriter terminal = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();

  private ProgressBar bar(boolean shown) {
    return new ProgressBar(new PrintWriter(terminal), shown, nanos::get);
  }

  private void passMillis(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void showsShareRateAndTimeLeft() {
    ProgressBar bar = bar(true);
    passMillis(1_000);
    bar.at(Step.VERIFY, 250, 1_000, 2_000_000);

    assertThat(terminal.toString())
        .contains("Verifying [#######.")
        .contains(" 25 %  2,000,000 records, 2,000,000/s, 0:03 left");
  }

  @Test
  void isTakenAwayAtTheEnd() {
    ProgressBar bar = bar(true);
    passMillis(1_000);
    bar.at(Step.INDEX, 1, 2, 3);
    bar.finish();

    assertThat(terminal.toString()).endsWith(" \r");
  }

  @Test
  void whatTakesAMomentShowsNothing() {
    ProgressBar bar = bar(true);
    passMillis(100);
    bar.at(Step.VERIFY, 1, 2, 3);
    bar.finish();

    assertThat(terminal.toString()).isEmpty();
  }

  @Test
  void nothingIsDrawnWhereNobodyLooks() {
    ProgressBar bar = bar(false);
    passMillis(10_000);
    bar.at(Step.EXPORT, 1, 2, 3);
    bar.finish();

    assertThat(terminal.toString()).isEmpty();
  }
}
