package io.quaestor.kernel.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.event.Event.Lesson;
import io.quaestor.kernel.learning.School.Ask;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityTest {

  private static final UseCaseState NOTHING = UseCaseState.NEW;

  private static UseCaseState reported(
      UseCaseState from, String model, String provider, String tier, int successes, int failures) {
    UseCaseState after = from;
    for (int i = 0; i < successes + failures; i++) {
      after =
          after.after(
              new Lesson(
                  School.COMPILED.version(),
                  "chat",
                  School.CATALOG,
                  i % Regimes.COUNT,
                  tier,
                  model,
                  provider,
                  i < successes ? 10_000 : 0,
                  0,
                  null));
    }
    return after;
  }

  private static Quality quality(UseCaseState state) {
    return Quality.of(School.CATALOG, "chat", state, School.COMPILED, Learning.USUAL);
  }

  // ---- intervals -------------------------------------------------------------------------------

  /** The first four as in Newcombe (1998), table I; all of them as the formula gives them. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 2553, 3662",
    "15, 148, 624, 1605",
    "0, 20, 0, 1612",
    "1, 29, 61, 1718",
    "29, 29, 8830, 10000",
    "50, 100, 4038, 5962",
    "1, 1, 2065, 10000"
  })
  void areWilsonsIntervals(long successes, long outcomes, int lowBps, int highBps) {
    Counts counts = new Counts(successes * Counts.ONE, (outcomes - successes) * Counts.ONE);

    Success success = Success.of(counts, outcomes);

    assertThat(success.lowBps()).isCloseTo(lowBps, within(1));
    assertThat(success.highBps()).isCloseTo(highBps, within(1));
    assertThat(success.rateBps()).isBetween(success.lowBps(), success.highBps());
  }

  @Test
  void knowNothingWithoutOutcomes() {
    assertThat(Success.of(Counts.NONE, 0)).isEqualTo(new Success(0, 0, 0, 0, 10_000));
  }

  // ---- the tail --------------------------------------------------------------------------------

  /** Closed forms: Beta(1, 1) is uniform, Beta(a, 1) has 1 - x^a, Beta(1, b) has (1 - x)^b. */
  @Test
  void agreesWithTheClosedFormsOfTheTail() {
    assertThat(BetaTail.atLeast(0.3, 1, 1)).isCloseTo(0.7, within(1e-12));
    assertThat(BetaTail.atLeast(0.9, 40, 1)).isCloseTo(1 - Math.pow(0.9, 40), within(1e-12));
    assertThat(BetaTail.atLeast(0.1, 1, 30)).isCloseTo(Math.pow(0.9, 30), within(1e-12));
    assertThat(BetaTail.atLeast(0.5, 7, 7)).isCloseTo(0.5, within(1e-12));
    // Beta(2, 2): 1 - x^2 (3 - 2x)
    assertThat(BetaTail.atLeast(0.8, 2, 2)).isCloseTo(1 - 0.64 * 1.4, within(1e-12));
    assertThat(BetaTail.atLeast(0, 2, 2)).isEqualTo(1);
    assertThat(BetaTail.atLeast(1, 2, 2)).isZero();
  }

  @Test
  void agreesWithTheNormalDistributionForManyOutcomes() {
    // Mean 0.8, deviation sqrt(0.16 / 10^8) = 0.00004: one deviation below has 84.13 %.
    assertThat(BetaTail.atLeast(0.8 - 0.00004, 8e7, 2e7)).isCloseTo(0.8413, within(1e-3));
    assertThat(BetaTail.atLeast(0.8 + 0.00004, 8e7, 2e7)).isCloseTo(0.1587, within(1e-3));
  }

  @Test
  void sumsUpToOne() {
    for (double a : new double[] {0.5, 1, 3.25, 80, 4_000}) {
      for (double x = 0.05; x < 1; x += 0.05) {
        assertThat(BetaTail.atLeast(x, a, 20) + BetaTail.atLeast(1 - x, 20, a))
            .isCloseTo(1, within(1e-9));
      }
    }
  }

  // ---- recommendations -------------------------------------------------------------------------

  @Test
  void recommendsNothingBeforeFiftyOutcomes() {
    UseCaseState few = reported(NOTHING, "small", "north", "economy", 49, 0);

    assertThat(quality(few).recommendation()).isEqualTo(new Recommendation.NotEnough(49));
  }

  @Test
  void recommendsTheFloorOfTheLowestTierThatReachesTheTarget() {
    UseCaseState from = reported(NOTHING, "small", "north", "economy", 30, 20);
    from = reported(from, "middle", "north", "standard", 45, 5);
    from = reported(from, "large", "north", "premium", 50, 0);

    Recommendation recommendation = quality(from).recommendation();

    assertThat(recommendation)
        .isInstanceOfSatisfying(
            Recommendation.Floor.class,
            floor -> {
              assertThat(floor.tier()).isEqualTo("standard");
              assertThat(floor.floorBps()).isEqualTo(8_000);
              assertThat(floor.rateBps()).isEqualTo(9_000);
              // Beta(46, 6) is at least 0.8 with 0.97, by numerical integration.
              assertThat(floor.confidenceBps())
                  .isEqualTo((int) (BetaTail.atLeast(0.8, 46, 6) * 10_000));
              assertThat(floor.confidenceBps()).isBetween(9_500, 9_900);
            });
  }

  @Test
  void recommendsNoTierOnAFewOutcomes() {
    UseCaseState from = reported(NOTHING, "small", "north", "economy", 9, 0);
    from = reported(from, "large", "north", "premium", 41, 9);

    assertThat(quality(from).recommendation())
        .isInstanceOfSatisfying(
            Recommendation.Floor.class, floor -> assertThat(floor.tier()).isEqualTo("premium"));
  }

  @Test
  void saysWhenNoTierReachesTheTarget() {
    UseCaseState from = reported(NOTHING, "large", "north", "premium", 30, 30);

    assertThat(quality(from).recommendation())
        .isEqualTo(new Recommendation.NoTierReaches(Learning.USUAL.targetBps()));
  }

  @Test
  void recommendsNoTierThatIsNotOnOfferAnyMore() {
    UseCaseState from = reported(NOTHING, "gone", "north", "abandoned", 60, 0);

    assertThat(quality(from).recommendation()).isInstanceOf(Recommendation.NoTierReaches.class);
    assertThat(quality(from).tiers()).singleElement().extracting(Quality.OfTier::floorBps).isNull();
  }

  // ---- warnings --------------------------------------------------------------------------------

  @Test
  void warnsWhenTwoProvidersOfATierDiffer() {
    UseCaseState from = reported(NOTHING, "small", "north", "economy", 90, 10);
    from = reported(from, "other-small", "south", "economy", 70, 30);

    List<ProvidersDiffer> warnings = quality(from).warnings();

    // 0.2 / sqrt(0.8 * 0.2 * 2 / 100) = 3.5355
    assertThat(warnings).hasSize(1);
    ProvidersDiffer warning = warnings.getFirst();
    assertThat(warning.tier()).isEqualTo("economy");
    assertThat(warning.better().provider()).isEqualTo("north");
    assertThat(warning.worse().provider()).isEqualTo("south");
    assertThat(warning.zMilli()).isEqualTo(3_535);
  }

  @Test
  void doesNotWarnOfWhatMayBeChance() {
    UseCaseState close = reported(NOTHING, "small", "north", "economy", 90, 10);
    UseCaseState few = reported(close, "other-small", "south", "economy", 10, 39);
    UseCaseState near = reported(close, "other-small", "south", "economy", 80, 20);
    UseCaseState elsewhere = reported(close, "middle", "south", "standard", 20, 80);

    assertThat(quality(few).warnings()).isEmpty();
    assertThat(quality(near).warnings()).isEmpty();
    assertThat(quality(elsewhere).warnings()).isEmpty();
  }

  @Test
  void addsUpTheModelsOfAProvider() {
    UseCaseState from = reported(NOTHING, "one", "north", "economy", 30, 0);
    from = reported(from, "two", "north", "economy", 30, 0);
    from = reported(from, "three", "south", "economy", 30, 30);

    assertThat(quality(from).warnings()).hasSize(1);
  }

  // ---- the whole -------------------------------------------------------------------------------

  @Test
  void showsEveryUseCaseOfATenant() {
    School school = new School(Learning.USUAL);
    for (String useCase : List.of("support", "chat")) {
      for (int i = 0; i < 60; i++) {
        school.report("team-a", school.route("team-a", Ask.of(useCase)).id(), 10_000);
      }
    }

    List<Quality> all =
        Quality.of(school.state("team-a").learning(), name -> School.COMPILED, Learning.USUAL);

    assertThat(all).extracting(Quality::useCase).containsExactly("chat", "support");
    Quality chat = all.getFirst();
    assertThat(chat.decisions()).isEqualTo(60);
    assertThat(chat.success().outcomes()).isEqualTo(60);
    assertThat(chat.success().rateBps()).isEqualTo(10_000);
    assertThat(chat.targetBps()).isEqualTo(8_000);
    assertThat(chat.course().points()).hasSize(60);
    assertThat(chat.tiers().stream().mapToLong(tier -> tier.success().outcomes()).sum())
        .isEqualTo(60);
    assertThat(chat.models().stream().mapToLong(model -> model.success().outcomes()).sum())
        .isEqualTo(60);
    Quality.Price price = java.util.Objects.requireNonNull(chat.price());
    assertThat(price.moves()).isEqualTo(60);
    assertThat(price.microcents()).isBetween(price.minMicrocents(), price.maxMicrocents());
    assertThat(price.bound()).isNull();
    assertThat(chat.course().points().getLast().microcents()).isEqualTo(price.microcents());
  }

  @Test
  void saysAtWhichBoundThePriceStands() {
    School school = new School(Settings.usual().step(5_000).build());
    for (int i = 0; i < 10; i++) {
      school.report("team-a", school.route("team-a", Ask.of("chat")).id(), 0);
      school.report("team-a", school.route("team-a", Ask.of("support")).id(), 10_000);
    }

    List<Quality> all =
        Quality.of(school.state("team-a").learning(), name -> School.COMPILED, Learning.USUAL);

    assertThat(all)
        .extracting(quality -> java.util.Objects.requireNonNull(quality.price()).bound())
        .containsExactly("upper", "lower");
  }

  @Test
  void survivesASnapshot() {
    School school = new School(Learning.USUAL);
    for (int i = 0; i < 70; i++) {
      school.report("team-a", school.route("team-a", Ask.of("chat")).id(), i % 3 * 5_000);
    }
    TenantLearning before = school.state("team-a").learning();

    TenantLearning after = TenantLearning.of(before.image());

    assertThat(Quality.of(after, name -> School.COMPILED, Learning.USUAL))
        .isEqualTo(Quality.of(before, name -> School.COMPILED, Learning.USUAL));
  }
}
