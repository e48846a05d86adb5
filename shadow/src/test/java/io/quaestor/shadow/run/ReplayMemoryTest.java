package io.quaestor.shadow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.shadow.history.History;
import io.quaestor.shadow.profile.Profile;
import io.quaestor.shadow.profile.Profiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept of calls does not grow with them. */
@Tag("long")
class ReplayMemoryTest {

  private static final int CALLS = 2_000_000;
  private static final int FIRST = 500_000;

  /** Far below what a few bytes a call would come to: 1.5 million calls lie between. */
  private static final long GROWTH_MAX_BYTES = 8L << 20;

  @Test
  void twoMillionDecisionsWithLearningKeepTheHeapFlat() {
    Profile profile = Profiles.load("kdd");
    History history = SyntheticHistories.of(profile, 5_000, 1);
    ShadowReplay replay =
        new ShadowReplay(profile, history, SyntheticHistories.plan(profile, null, null));
    Replayer replayer = new Replayer(replay.begin(), replay.terms(), history.candidates());

    long first = 0;
    for (int i = 0; i < CALLS; i++) {
      replayer.step(history.cases().get(i % history.cases().size()), i);
      if (i + 1 == FIRST) {
        first = usedBytes();
      }
    }
    long last = usedBytes();

    System.out.printf(
        "heap after %,d decisions: %,d bytes, after %,d: %,d bytes%n", FIRST, first, CALLS, last);
    assertThat(last - first).isLessThan(GROWTH_MAX_BYTES);
    assertThat(replayer.total().calls()).isEqualTo(CALLS);
    assertThat(replayer.total().learned().explored()).isPositive();
  }

  /** The least of some collections: one alone may leave garbage behind. */
  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
