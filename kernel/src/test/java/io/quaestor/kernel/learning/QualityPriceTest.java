package io.quaestor.kernel.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.quaestor.kernel.Seeds;
import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.PriceMove;
import io.quaestor.kernel.learning.School.Ask;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QualityPriceTest {

  private static final Learning.UseCase UNBOUNDED = new Learning.UseCase(null, null, null, null);

  private static final String TEAM = "team-a";

  // ---- one move --------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"6667, 2.0", "8000, 4.0", "9000, 9.0", "9500, 19.0", "5000, 1.0"})
  void weighsAFailureByTheOddsOfTheTarget(int targetBps, double weight) {
    PriceMove start = QualityPrice.first(1_000_000, UNBOUNDED);

    long up = QualityPrice.after(start, 0, targetBps, 100).logMicro() - start.logMicro();
    long down = start.logMicro() - QualityPrice.after(start, 10_000, targetBps, 100).logMicro();

    assertThat((double) up / down).isCloseTo(weight, withPercentage(0.1));
  }

  @Test
  void staysWhereAScoreMeetsTheTarget() {
    PriceMove start = QualityPrice.first(1_000_000, UNBOUNDED);

    assertThat(QualityPrice.after(start, 8_000, 8_000, 200)).isEqualTo(start);
  }

  @Test
  void movesBetweenItsBoundsAlone() {
    PriceMove price = QualityPrice.first(1_000, new Learning.UseCase(null, null, 500L, 2_000L));

    PriceMove high = price;
    PriceMove low = price;
    for (int i = 0; i < 1_000; i++) {
      high = QualityPrice.after(high, 0, 8_000, 200);
      low = QualityPrice.after(low, 10_000, 8_000, 200);
    }

    assertThat(high.microcents()).isEqualTo(2_000);
    assertThat(QualityPrice.atUpperBound(high)).isTrue();
    assertThat(low.microcents()).isEqualTo(500);
  }

  @Test
  void takesTheHighestFirstPriceThereIs() {
    PriceMove price = QualityPrice.first(Long.MAX_VALUE, UNBOUNDED);

    assertThat(price.microcents()).isLessThanOrEqualTo(QualityPrice.MICROCENTS_MAX * 1_001 / 1_000);
    assertThat(QualityPrice.atUpperBound(price)).isTrue();
  }

  // ---- the guarantee ---------------------------------------------------------------------------

  /** Somebody who sees the price, its votes and the tier, and says then how it went. */
  enum Adversary {
    ALWAYS_FAILS {
      @Override
      int score(long n, PriceMove before, String tier, Random random) {
        return 0;
      }
    },
    ALTERNATES {
      @Override
      int score(long n, PriceMove before, String tier, Random random) {
        return n % 2 == 0 ? 0 : 10_000;
      }
    },
    FAILS_IN_BURSTS {
      @Override
      int score(long n, PriceMove before, String tier, Random random) {
        return n / 100 % 2 == 0 ? 10_000 : 0;
      }
    },
    FAILS_WHEN_THE_PRICE_IS_LOW {
      @Override
      int score(long n, PriceMove before, String tier, Random random) {
        long middle = (before.minLogMicro() + before.maxLogMicro()) / 2;
        return before.logMicro() < middle ? 0 : 10_000;
      }
    },
    FAILS_ON_THE_CHEAP_TIER {
      @Override
      int score(long n, PriceMove before, String tier, Random random) {
        return tier.equals("economy") ? 0 : 10_000;
      }
    },
    FAILS_JUST_BELOW_THE_BOUND {
      @Override
      int score(long n, PriceMove before, String tier, Random random) {
        return before.logMicro() + 400_000 < before.maxLogMicro() ? 0 : 10_000;
      }
    },
    FAILS_ON_THE_BEST_TIER {
      @Override
      int score(long n, PriceMove before, String tier, Random random) {
        return tier.equals("premium") ? 0 : 10_000;
      }
    },
    SCORES_AT_RANDOM {
      @Override
      int score(long n, PriceMove before, String tier, Random random) {
        return random.nextInt(10_001);
      }
    };

    abstract int score(long n, PriceMove before, String tier, Random random);
  }

  /**
   * Over any stretch in which V does not reach its upper bound, the rate of failure is at most
   * {@code 1 - t + range / (s * n)}; at the bound every vote is for the tier of the highest
   * expected rate.
   */
  @ParameterizedTest
  @EnumSource(Adversary.class)
  void keepsTheTargetAgainstAnAdversary(Adversary adversary) {
    int targetBps = 8_000;
    int stepMilli = 100;
    School school = new School(Settings.usual().target(targetBps).step(stepMilli).build());
    Random random = new Random(17);
    Stretch stretch = new Stretch(targetBps, stepMilli / 1_000.0);
    for (long n = 0; n < 1_200; n++) {
      Event.DecisionMade decision = school.route(TEAM, Ask.of("chat"));
      PriceMove before = school.useCase(TEAM, "chat").price();
      if (before != null && QualityPrice.atUpperBound(before)) {
        assertThatTheBestIsTaken(School.learned(decision));
      }
      PriceMove seen =
          before != null
              ? before
              : QualityPrice.first(School.learned(decision).priceMicrocents(), UNBOUNDED);
      int score = adversary.score(n, seen, School.tier(decision), random);
      school.report(TEAM, decision.id(), score);
      stretch.accept(score, Objects.requireNonNull(school.useCase(TEAM, "chat").price()));
    }
  }

  /** The same for the price alone, over many more sequences. */
  @Seeds(20)
  void keepsTheTargetOverAnySequence(long seed) {
    Random random = new Random(seed);
    int targetBps = 5_000 + random.nextInt(4_900);
    int stepMilli = 20 + random.nextInt(300);
    Adversary[] all = Adversary.values();
    PriceMove price = QualityPrice.first(1_000_000, UNBOUNDED);
    Stretch stretch = new Stretch(targetBps, stepMilli / 1_000.0);
    for (long n = 0; n < 20_000; n++) {
      Adversary adversary = all[(int) (n / 500 * seed % all.length)];
      String tier = School.TIERS.get(random.nextInt(3));
      int score = adversary.score(n, price, tier, random);
      price = QualityPrice.after(price, score, targetBps, stepMilli);
      stretch.accept(score, price);
    }
  }

  private static void assertThatTheBestIsTaken(Event.Learned learned) {
    var ballots = Objects.requireNonNull(learned.poll()).ballots();
    int best = ballots.stream().mapToInt(Event.Ballot::rateBps).max().orElseThrow();
    assertThat(ballots)
        .filteredOn(ballot -> ballot.votes() > 0)
        .singleElement()
        .extracting(Event.Ballot::rateBps)
        .isEqualTo(best);
  }

  /** The outcomes since V was last at its upper bound. */
  private static final class Stretch {
    private final double target;
    private final double step;
    private long outcomes;
    private double failures;

    Stretch(int targetBps, double step) {
      this.target = targetBps / 10_000.0;
      this.step = step;
    }

    void accept(int scoreBps, PriceMove after) {
      if (QualityPrice.atUpperBound(after)) {
        outcomes = 0;
        failures = 0;
        return;
      }
      outcomes++;
      failures += 1 - scoreBps / 10_000.0;
      double range = (after.maxLogMicro() - after.minLogMicro()) / 1e6;
      double rounding = 1e-6 / step;
      assertThat(failures / outcomes)
          .isLessThanOrEqualTo(1 - target + range / (step * outcomes) + rounding);
    }
  }
}
