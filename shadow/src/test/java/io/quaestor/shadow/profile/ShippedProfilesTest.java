package io.quaestor.shadow.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quaestor.kernel.catalog.Model;
import io.quaestor.kernel.event.Price;
import io.quaestor.shadow.Progress;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Histories;
import io.quaestor.shadow.history.History;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedProfilesTest {

  /** Nothing in this one is measured on its data, for its source forbids it. */
  private static final String NOT_MEASURED = "routerarena-sub10";

  static Stream<String> names() {
    return Profiles.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isSoundAndNamedLikeItsSet(String name) {
    Profile profile = Profiles.load(name);

    assertThat(profile.set()).isEqualTo(name);
    assertThat(profile.about()).isNotEmpty();
    assertThat(profile.catalog().models())
        .isSortedAccordingTo((a, b) -> Long.compare(priceOf(profile, a), priceOf(profile, b)));
    assertThat(profile.catalog().tiers())
        .isEqualTo(profile.catalog().models().stream().map(Model::tier).toList());
    assertThat(profile.policy().defaultFloorBps())
        .isLessThanOrEqualTo(
            profile.catalog().models().stream().mapToInt(Model::qualityBps).max().orElseThrow());
  }

  /** At about the tokens that the requests have: tiers are in the order of the price. */
  private static long priceOf(Profile profile, Model model) {
    Price price = Objects.requireNonNull(model.price());
    boolean output =
        !(profile.request().outputTokens() instanceof Amount.Constant constant)
            || constant.tokens() > 0;
    return price.cost(376, output ? 32 : 0);
  }

  /**
   * Where {@code -Dquaestor.data} names the folder of the real files: each is read whole, and the
   * numbers that a profile says were measured on the development half are measured again.
   */
  @Tag("long")
  @ParameterizedTest
  @MethodSource("names")
  void readsTheRealFileAndSaysTheTruthAboutIt(String name) {
    String folder = System.getProperty("quaestor.data");
    assumeThat(folder).isNotNull();
    Profile profile = Profiles.load(name);
    Optional<Path> file = Histories.find(profile, Path.of(Objects.requireNonNull(folder)));
    assumeThat(file).isPresent();

    History history = Histories.read(profile, file.orElseThrow(), Progress.NONE);

    List<Case> cases = history.cases();
    assertThat(cases.stream().map(Case::id).distinct().count()).isEqualTo(cases.size());
    assertThat(cases.stream().allMatch(it -> it.results().size() == history.candidates().size()))
        .isTrue();
    boolean otherHalf = file.orElseThrow().toString().contains("heldout");
    if (!otherHalf && !name.equals(NOT_MEASURED)) {
      qualityIsMeasured(profile, cases);
      difficultyIsMeasured(profile, cases);
    }
  }

  private static void qualityIsMeasured(Profile profile, List<Case> cases) {
    List<Model> models = profile.catalog().models();
    for (int i = 0; i < models.size(); i++) {
      int model = i;
      assertThat(cases.stream().mapToInt(it -> it.results().get(model).scoreBps()).average())
          .as(models.get(i).id())
          .hasValueCloseTo((double) models.get(i).qualityBps(), within(51.0));
    }
  }

  private static void difficultyIsMeasured(Profile profile, List<Case> cases) {
    if (!(profile.request().difficulty() instanceof Difficulty.Table table)) {
      return;
    }
    Map<Integer, Double> measured =
        cases.stream()
            .collect(
                Collectors.groupingBy(
                    it -> Objects.requireNonNull(it.difficultyBps()),
                    Collectors.averagingDouble(ShippedProfilesTest::difficulty)));
    measured.forEach(
        (bps, mean) -> {
          if (bps != table.otherwiseBps()) {
            assertThat(mean).isCloseTo(bps, within(2.0));
          }
        });
    assertThat(cases.stream().mapToDouble(ShippedProfilesTest::difficulty).average())
        .hasValueCloseTo((double) table.otherwiseBps(), within(2.0));
  }

  private static double difficulty(Case each) {
    return 10_000 - each.results().stream().mapToInt(it -> it.scoreBps()).average().orElseThrow();
  }
}
