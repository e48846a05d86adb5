package io.quaestor.shadow.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.shadow.Progress;
import io.quaestor.shadow.profile.Profile;
import io.quaestor.shadow.profile.Profiles;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Shipped profiles on a few lines of the real files, found by their names. */
class ExcerptsTest {

  @Test
  void readsRouteLlmMmlu() {
    History history = read("routellm-mmlu");

    assertThat(history.cases()).hasSize(5);
    assertThat(history.notes())
        .containsExactly("1 rows are left out, as the profile says (leave_out).");
    Case first = history.cases().getFirst();
    assertThat(first.id()).isEqualTo("mmlu-4851b97abb43");
    assertThat(first.difficultyBps()).isEqualTo(6250);
    assertThat(first.inputTokens()).isEqualTo(11);
    // 11 and 264 tokens at 24 microcents; at 1,000 and 3,000.
    assertThat(first.results())
        .containsExactly(new Result(10_000, 6_600, false), new Result(0, 803_000, false));
  }

  @Test
  void readsRouteLlmGsm8kWithTheLengthOfEachAnswer() {
    Case first = read("routellm-gsm8k").cases().getFirst();

    // 73 characters are 19 tokens; the answers have 91 and 153: 23 and 39 tokens.
    assertThat(first.results())
        .containsExactly(
            new Result(10_000, (19 + 23) * 24, false),
            new Result(10_000, 19 * 1_000 + 39 * 3_000, false));
  }

  @Test
  void readsMtBenchAsTheMeanOfBothTurns() {
    History history = read("routellm-mt-bench");

    assertThat(history.cases()).hasSize(2);
    assertThat(history.cases().getFirst().results())
        .extracting(Result::scoreBps)
        .containsExactly(6_500, 10_000);
  }

  @Test
  void readsNineModelsJoinedWithTheirPrompts() {
    History history = read("llmrouter-nine-models");

    assertThat(history.candidates()).hasSize(9).startsWith("gemma-2-9b-it");
    assertThat(history.cases())
        .extracting(Case::id)
        .containsExactly("llmrouter-01861", "llmrouter-04619");
    Case deer = history.cases().getLast();
    assertThat(deer.inputTokens()).isEqualTo(2);
    assertThat(deer.features()).hasSize(15).endsWith(Math.log1p(6));
    assertThat(deer.features().stream().mapToDouble(it -> it).limit(14).sum()).isEqualTo(1);
    assertThat(deer.results().getFirst()).isEqualTo(new Result(10_000, 1_300, false));
  }

  @Test
  void readsRouterArenaWithItsRealCosts() {
    History history = read("routerarena-sub10");

    assertThat(history.cases()).hasSize(2);
    assertThat(history.cases().getFirst().difficultyBps()).isNull();
    assertThat(history.cases().getFirst().results())
        .containsExactly(new Result(6_571, 550, false), new Result(6_571, 4_300, false));
  }

  private static History read(String name) {
    Profile profile = Profiles.load(name);
    return Histories.read(profile, Histories.find(profile, folder()).orElseThrow(), Progress.NONE);
  }

  private static Path folder() {
    try {
      URI folder = Objects.requireNonNull(ExcerptsTest.class.getResource("/histories")).toURI();
      return Path.of(folder);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
