package io.quaestor.shadow.contest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BenchBarTest {

  private final StringWriter written = new StringWriter();
  private long millis;

  @Test
  void showsHowFarItIsAndHowLongItTakes() {
    BenchBar bar = bar(true);
    bar.at("any-set", 0, 40);
    millis = 10_000;
    bar.at("any-set", 10, 40);

    assertThat(written.toString())
        .isEqualTo("\rany-set [#######.......................]  25 %  0:30 left");
  }

  @Test
  void showsACountWhereTheEndIsNotKnown() {
    BenchBar bar = bar(true);
    bar.at("Reading any.csv", 0, 0);
    millis = 500;
    bar.at("Reading any.csv", 1_234, 0);

    assertThat(written.toString()).isEqualTo("\rReading any.csv  1,234");
  }

  @Test
  void takesItselfAway() {
    BenchBar bar = bar(true);
    bar.at("s", 0, 0);
    millis = 500;
    bar.at("s", 1, 0);
    bar.finish();

    assertThat(written.toString()).isEqualTo("\rs  1\r    \r");
  }

  @Test
  void showsNothingOfWhatIsQuickOrWhereNobodyLooks() {
    BenchBar quick = bar(true);
    quick.at("s", 0, 2);
    quick.at("s", 2, 2);
    quick.finish();
    BenchBar piped = bar(false);
    piped.at("s", 0, 2);
    millis = 60_000;
    piped.at("s", 1, 2);
    piped.finish();

    assertThat(written.toString()).isEmpty();
  }

  private BenchBar bar(boolean shown) {
    return new BenchBar(
        new PrintWriter(written, true), shown, () -> TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
