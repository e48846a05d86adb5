package io.quaestor.kernel.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BreakEvenTest {
  @Test
  void findsTheVeryFirstValueAlthoughUtilityIsNotMonotonic() {
    SplittableRandom random = new SplittableRandom(8);

    for (int number = 0; number < 2_000; number++) {
      int quality = random.nextInt(1, 10_001);
      int confidence = random.nextInt(1, 10_001);
      int risk = random.nextInt(10_000);
      int multiplier = (int) ((long) confidence * quality / Math.max(1, risk) - random.nextInt(50));
      Limits limits = new Limits(10_000, 0, Math.max(0, multiplier), random.nextLong(3));
      Candidates candidates = Candidates.of(List.of(candidate(quality, random.nextInt(4))));
      Input in = input(risk, confidence);
      ReferenceModel model = new ReferenceModel(limits, candidates, in);

      long found = Kernel.breakEvenValue(limits, candidates, in);

      long scanned = 1;
      while (scanned < 5_000 && !model.yieldsAt(scanned)) {
        scanned++;
      }
      if (scanned < 5_000) {
        assertThat(found).as("case %d: %s %s", number, limits, in).isEqualTo(scanned);
      } else if (found >= 0) {
        assertThat(found).as("case %d: %s %s", number, limits, in).isGreaterThanOrEqualTo(scanned);
      }
    }
  }

  @Test
  void isOneMicrocentForAFreeAndFlawlessCandidate() {
    Candidates candidates = Candidates.of(List.of(candidate(10_000, 0)));

    assertThat(Kernel.breakEvenValue(new Limits(10_000, 0, 0, 0), candidates, input(0, 10_000)))
        .isEqualTo(1);
  }

  @Test
  void knowsNoValueWhenRiskOutweighsQuality() {
    Candidates candidates = Candidates.of(List.of(candidate(5_000, 0)));

    assertThat(Kernel.breakEvenValue(new Limits(10_000, 0, 10_000, 0), candidates, input(5_000, 1)))
        .isEqualTo(-1);
  }

  private static Candidate candidate(int quality, int latency) {
    return new Candidate(1, 0, quality, 10_000, true, latency, 0, 0, 0, 0);
  }

  private static Input input(int risk, int confidence) {
    return new Input(0, 0, 0, 0, 0, 0, risk, confidence, 0, 0, 0, -1, 0);
  }
}
