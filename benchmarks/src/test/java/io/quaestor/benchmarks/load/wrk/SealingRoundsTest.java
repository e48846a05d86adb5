package io.quaestor.benchmarks.load.wrk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class SealingRoundsTest {

  private final StringWriter printed = new StringWriter();
  private final SealingRounds rounds = new SealingRounds(new PrintWriter(printed, true));

  private static Measured measured(long requests, double processorMicros, long non2xx) {
    return new Measured(
        new Wrk.Result(requests, 1_000_000, 4_000, 20_000, 50_000, non2xx, 0), processorMicros, 1);
  }

  private void add(long on, double onMicros, long off, double offMicros) {
    rounds.add(new SealingRounds.Round(measured(on, onMicros, 0), measured(off, offMicros, 0)));
  }

  /** The second round was slow for both: ratios of medians would be 9,500 / 10,000. */
  @Test
  void tellsTheMedianOfTheRoundsRatios() {
    add(9_700, 51, 10_000, 50);
    add(4_900, 104, 5_000, 100);
    add(9_500, 53, 10_000, 50);

    rounds.printMedians();

    assertThat(printed.toString())
        .contains("on / off: 97.0 % of the requests/s, 104.0 % of the server cpu for each")
        .containsPattern("route, signing on +9,500/s .* 53\\.0 us")
        .containsPattern("route, signing off +10,000/s .* 50\\.0 us");
  }

  @Test
  void printsBothOfEachRound() {
    rounds.printHeader();

    add(9_700, 51, 10_000, 50);

    assertThat(printed.toString())
        .containsPattern("round +target +requests/s .* of off % +server cpu us")
        .containsPattern("(?m)^1 +route, signing on +9,700 .* 97\\.0 +51\\.0")
        .containsPattern("(?m)^1 +route, signing off +10,000 .* 100\\.0 +50\\.0");
  }

  @Test
  void countsWhatWasNotAnsweredByEither() {
    rounds.add(new SealingRounds.Round(measured(1, 1, 2), measured(1, 1, 3)));

    assertThat(rounds.notAnswered()).isEqualTo(5);
  }
}
