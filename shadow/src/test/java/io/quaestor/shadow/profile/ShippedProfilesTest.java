package io.quaestor.shadow.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quaestor.kernel.catalog.Model;
import io.quaestor.kernel.event.Price;
import io.quaestor.shadow.Progress;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Histories;
import io.quaestor.shadow.history.History;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedProfilesTest {

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

  /** At the tokens that the profile's requests have, about: tiers are in the order of the price. */
  private static long priceOf(Profile profile, Model model) {
    Price price = Objects.requireNonNull(model.price());
    boolean output =
        !(profile.request().outputTokens() instanceof Amount.Constant constant)
            || constant.tokens() > 0;
    return price.cost(376, output ? 32 : 0);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("names")
  void readsTheRealFile(String name) {
    String folder = System.getProperty("quaestor.data");
    assumeThat(folder).isNotNull();
    Profile profile = Profiles.load(name);
    Optional<Path> file = Histories.find(profile, Path.of(Objects.requireNonNull(folder)));
    assumeThat(file).isPresent();

    History history = Histories.read(profile, file.orElseThrow(), Progress.NONE);

    List<Case> cases = history.cases();
    assertThat(cases).isNotEmpty();
    assertThat(cases.stream().map(Case::id)).doesNotHaveDuplicates();
    assertThat(cases)
        .allSatisfy(each -> assertThat(each.results()).hasSize(history.candidates().size()));
    System.out.printf("%s: %d cases, %s%n", name, cases.size(), history.notes());
    for (int i = 0; i < history.candidates().size(); i++) {
      int model = i;
      System.out.printf(
          "  %s: score %.4f, cost %.0f, catalog quality %d%n",
          history.candidates().get(i),
          cases.stream().mapToInt(it -> it.results().get(model).scoreBps()).average().orElse(0),
          cases.stream()
              .mapToLong(it -> it.results().get(model).costMicrocents())
              .average()
              .orElse(0),
          profile.catalog().models().get(i).qualityBps());
    }
  }
}
