package io.quaestor.kernel.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.PriceMove;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosteriorTest {

  private static final String CHAT = "chat";
  private static final int REGIME = 3;
  private static final int ECONOMY = 0;

  private static Event.Lesson lesson(String tier, int regime, int score) {
    return new Event.Lesson(
        School.COMPILED.version(),
        CHAT,
        School.CATALOG,
        regime,
        tier,
        "a-model",
        "a-provider",
        score,
        0,
        null);
  }

  private static UseCaseState own(String tier, int regime, int successes, int failures) {
    UseCaseState state = UseCaseState.NEW;
    for (int i = 0; i < successes; i++) {
      state = state.after(lesson(tier, regime, 10_000));
    }
    for (int i = 0; i < failures; i++) {
      state = state.after(lesson(tier, regime, 0));
    }
    return state;
  }

  private static Regimes pooled(String tier, int regime, Counts counts) {
    List<RegimeState> states = new ArrayList<>(Regimes.EMPTY.states());
    states.set(
        regime,
        new RegimeState(
            regime,
            0,
            0,
            Moments.NONE,
            Map.of(),
            Map.of(RegimeState.tierKey(School.CATALOG, CHAT, tier), counts)));
    return new Regimes(0, states);
  }

  private static Posterior posterior(
      UseCaseState own, Regimes pooled, Learning settings, long seed) {
    return Posterior.of(
        own, pooled, School.CATALOG, CHAT, School.COMPILED.tiers(), REGIME, settings, seed);
  }

  // ---- means -----------------------------------------------------------------------------------

  @Test
  void beginsWithTheQualityOfTheCatalog() {
    Posterior posterior = posterior(UseCaseState.NEW, Regimes.EMPTY, Learning.USUAL, 1);

    assertThat(posterior.mean(0)).isEqualTo(600_000);
    assertThat(posterior.mean(1)).isEqualTo(800_000);
    assertThat(posterior.mean(2)).isEqualTo(930_000);
  }

  @Test
  void hasTheMeanOfTheClosedForm() {
    Learning settings = Settings.usual().strengths(20, 30).build();

    Posterior posterior = posterior(own("economy", REGIME, 36, 4), Regimes.EMPTY, settings, 1);

    // Over all regimes (20 * 0.6 + 36) / (20 + 40) = 0.8; in this one 36 - 40 * 0.8 = 4 more than
    // expected in 10 + 40; a prior of 0.88 that counts for 30, and 36 of 40: 62.4 of 70.
    assertThat(posterior.mean(ECONOMY)).isCloseTo(891_429, within(1));
    // What is better in this regime is so for the other tiers too.
    assertThat(posterior.mean(1)).isEqualTo(880_000);
  }

  @Test
  void learnsTheRateOverAllRegimesFromAnotherRegime() {
    Learning settings = Settings.usual().strengths(20, 30).build();

    Posterior posterior = posterior(own("economy", 0, 36, 4), Regimes.EMPTY, settings, 1);

    assertThat(posterior.mean(ECONOMY)).isEqualTo(800_000);
  }

  @Test
  void countsWhatOthersReportedForTheCapAtMost() {
    Learning settings = Settings.usual().strengths(20, 30).pooledCap(20).build();
    Counts few = new Counts(10 * Counts.ONE, 0);

    // In another regime there is no shift here: (12 + 10) / 30, and (12 + 20) / 40.
    assertThat(posterior(UseCaseState.NEW, pooled("economy", 0, few), settings, 1).mean(ECONOMY))
        .isCloseTo(733_333, within(1));
    assertThat(
            posterior(
                    UseCaseState.NEW,
                    pooled("economy", 0, new Counts(1_000_000 * Counts.ONE, 0)),
                    settings,
                    1)
                .mean(ECONOMY))
        .isEqualTo(800_000);
  }

  /**
   * With prior strength P, regime strength R, cap c, n own outcomes of a tier, m of all tiers in
   * the regime and k of the tier in the regime, a million lies move its mean by at most {@code 2 *
   * (c / (P + n + c) + c / (10 + m + c)) * R / (R + k)}.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 10, 50, 200, 1_000, 5_000})
  void isMovedByLiesOfOthersWithinABound(int outcomes) {
    Learning settings = Learning.USUAL;
    UseCaseState own = own("economy", REGIME, outcomes * 9 / 10, outcomes - outcomes * 9 / 10);
    int honest = posterior(own, Regimes.EMPTY, settings, 1).mean(ECONOMY);
    double c = settings.pooledCap();
    double r = settings.regimeStrength();
    double bound =
        2
            * (c / (settings.priorStrength() + outcomes + c) + c / (10 + outcomes + c))
            * r
            / (r + outcomes);
    long million = 1_000_000 * Counts.ONE;
    for (Counts lies : List.of(new Counts(0, million), new Counts(million, 0))) {
      for (int regime : new int[] {REGIME, 0}) {
        int poisoned = posterior(own, pooled("economy", regime, lies), settings, 1).mean(ECONOMY);
        assertThat(Math.abs(poisoned - honest) / 1e6).isLessThanOrEqualTo(bound);
      }
    }
    if (outcomes >= 500) {
      assertThat(bound).as("hardly anything").isLessThan(0.02);
    }
  }

  // ---- draws -----------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"10000", "4000", "0"})
  void drawsAroundTheMeanAsFarAsItExplores(int explorationBps) {
    Learning settings = Settings.usual().strengths(20, 30).exploration(explorationBps).build();
    int seeds = 400;
    double n = (double) seeds * Posterior.VECTORS;
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < seeds; seed++) {
      Posterior posterior = posterior(UseCaseState.NEW, Regimes.EMPTY, settings, seed);
      for (int vector = 0; vector < Posterior.VECTORS; vector++) {
        double rate = posterior.rate(vector, ECONOMY) / 1e6;
        sum += rate;
        squares += rate * rate;
      }
    }

    // Beta(18, 12) has a deviation of sqrt(0.6 * 0.4 / 31).
    double deviation = Math.sqrt(0.6 * 0.4 / 31) * explorationBps / 10_000;
    double mean = sum / n;
    assertThat(mean).isCloseTo(0.6, within(5 * deviation / Math.sqrt(n) + 1e-6));
    assertThat(Math.sqrt(Math.max(0, squares / n - mean * mean)))
        .isCloseTo(deviation, within(0.02 * deviation + 1e-6));
  }

  @Test
  void drawsTheSameFromTheSameSeed() {
    Learning settings = Settings.usual().strengths(20, 30).exploration(4_000).build();
    Posterior posterior = posterior(own("economy", 1, 3, 2), Regimes.EMPTY, settings, 42);

    assertThat(List.of(posterior.rate(0, 0), posterior.rate(0, 1), posterior.rate(31, 2)))
        .isEqualTo(List.of(614_569, 788_074, 928_982));
  }

  // ---- votes -----------------------------------------------------------------------------------

  @Test
  void choosesEachTierAsOftenAsItHasVotes() {
    Posterior posterior =
        posterior(
            own("economy", REGIME, 8, 2),
            Regimes.EMPTY,
            Settings.usual().exploration(10_000).build(),
            5);
    long[] expenses = {1_000, 5_000, 40_000};
    PriceMove price = QualityPrice.first(150_000, new Learning.UseCase(null, null, null, null));
    int decisions = 20_000;
    int[] chosen = new int[3];
    List<Event.Ballot> ballots = List.of();
    for (int i = 0; i < decisions; i++) {
      TierChoice choice =
          TierChoice.of(
              posterior, School.COMPILED.tiers(), expenses, price, 10, 99, "decision-" + i);
      chosen[choice.tier()]++;
      ballots = choice.poll().ballots();
    }

    assertThat(ballots.stream().mapToInt(Event.Ballot::votes).sum()).isEqualTo(Posterior.VECTORS);
    assertThat(ballots.stream().filter(ballot -> ballot.votes() > 0).count())
        .as("there is something to choose")
        .isGreaterThan(1);
    for (int t = 0; t < chosen.length; t++) {
      double probability = (double) ballots.get(t).votes() / Posterior.VECTORS;
      double deviation = Math.sqrt(decisions * probability * (1 - probability));
      assertThat((double) chosen[t])
          .isCloseTo(decisions * probability, within(5 * deviation + 1e-9));
    }
  }

  @Test
  void givesNoVoteToATierWithoutAnEligibleCandidate() {
    Posterior posterior = posterior(UseCaseState.NEW, Regimes.EMPTY, Learning.USUAL, 5);
    long[] expenses = {TierChoice.NOT_ELIGIBLE, 5_000, TierChoice.NOT_ELIGIBLE};
    PriceMove price = QualityPrice.first(1, new Learning.UseCase(null, null, null, null));

    TierChoice choice =
        TierChoice.of(posterior, School.COMPILED.tiers(), expenses, price, 0, 1, "a");

    assertThat(choice.tier()).isEqualTo(1);
    assertThat(choice.poll().ballots())
        .singleElement()
        .extracting(Event.Ballot::votes)
        .isEqualTo(Posterior.VECTORS);
  }
}
