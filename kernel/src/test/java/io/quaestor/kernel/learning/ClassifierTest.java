package io.quaestor.kernel.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.Seeds;
import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.learning.School.Ask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "1249, 0", "1250, 1", "5000, 4", "8749, 6", "8750, 7", "9999, 7", "10000, 7"})
  void cutsDifficultyIntoEightEqualParts(int difficultyBps, int regime) {
    Traits traits = new Traits("team", "chat", 1_000_000, 9_999, difficultyBps, List.of(1L));

    assertThat(Regimes.EMPTY.classify(traits)).isEqualTo(regime);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "63, 0, 0",
    "64, 0, 1",
    "255, 0, 1",
    "256, 0, 2",
    "1023, 0, 2",
    "1024, 0, 3",
    "1000000000, 0, 3",
    "0, 4999, 0",
    "0, 5000, 4",
    "1024, 5000, 7",
    "1024, 10000, 7"
  })
  void cutsSizeAndRisk(long tokens, int riskBps, int regime) {
    Traits traits = new Traits("team", "chat", tokens, riskBps, null, List.of());

    assertThat(Regimes.EMPTY.classify(traits)).isEqualTo(regime);
  }

  /** Three clusters far apart, in a random order; each has a regime of its own at the end. */
  @Seeds(10)
  void tellsClustersApart(long seed) {
    Random random = new Random(seed);
    School school = new School(Learning.USUAL);
    long[][] centres = {{0, 0}, {10_000_000, 0}, {0, 10_000_000}};
    Map<Integer, Map<Integer, Integer>> found = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      int cluster = random.nextInt(3);
      Event.DecisionMade decision =
          school.route(
              "team-a",
              Ask.of("chat")
                  .features(
                      centres[cluster][0] + Math.round(random.nextGaussian() * 500_000),
                      centres[cluster][1] + Math.round(random.nextGaussian() * 500_000)));
      if (i >= 2_000) {
        found
            .computeIfAbsent(Objects.requireNonNull(decision.regime()), unused -> new HashMap<>())
            .merge(cluster, 1, Integer::sum);
      }
    }

    int pure =
        found.values().stream()
            .mapToInt(
                clusters -> clusters.values().stream().mapToInt(Integer::intValue).max().orElse(0))
            .sum();
    assertThat(pure).as("of 1,000 in a regime of their kind: %s", found).isGreaterThan(990);
    assertThat(found.size()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void putsFeaturesInTheSameRegimeWhenTheyComeInTheSameOrder() {
    assertThat(regimes(3)).isEqualTo(regimes(3));
  }

  private static List<Integer> regimes(long seed) {
    Random random = new Random(seed);
    School school = new School(Learning.USUAL);
    return random
        .ints(500, 0, 1_000)
        .mapToObj(x -> school.route("team-a", Ask.of("chat").features(x, x % 7)))
        .map(decision -> Objects.requireNonNull(decision.regime()))
        .toList();
  }
}
