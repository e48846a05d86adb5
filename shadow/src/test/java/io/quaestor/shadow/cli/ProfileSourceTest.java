package io.quaestor.shadow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.contest.ContestProgress;
import io.quaestor.shadow.contest.Policy;
import io.quaestor.shadow.contest.cli.BenchSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileSourceTest {

  private static final String ROW =
      """
      {"prompt_id":"q%d","domain":"marketing","contaminated":%d,"strong_correct":1,\
      "weak_correct":0,"prompt":"why"}
      """;

  @TempDir private Path directory;

  private final ProfileSource source = new ProfileSource();

  @Test
  void readsASetWithItsNotesAndTheContender() throws Exception {
    Files.writeString(file(), ROW.formatted(1, 0) + ROW.formatted(2, 1) + ROW.formatted(3, 0));

    BenchSource.Entry entry = source.read("routellm-mmlu", directory, ContestProgress.NONE);

    assertThat(entry.set().history().cases()).hasSize(2);
    assertThat(entry.set().order()).isEqualTo(Order.SHUFFLED);
    assertThat(entry.set().baseline()).isEqualTo(1);
    assertThat(entry.contenders()).extracting(Policy::name).containsExactly("quaestor");
    assertThat(entry.targetPercents()).isEqualTo(List.of(30.0, 50.0, 70.0, 90.0));
    assertThat(entry.notes()).singleElement().asString().contains("1 rows are left out");
  }

  @Test
  void knowsASetByTheNameOfItsFile() throws IOException {
    assertThat(source.isIn(directory, "routellm-mmlu")).isFalse();

    Files.createFile(file());

    assertThat(source.isIn(directory, "routellm-mmlu")).isTrue();
    assertThat(source.names()).contains("kdd", "sp500");
  }

  @Test
  void aSetThatCannotBeReadIsNamedWithThePlace() throws IOException {
    Files.writeString(file(), "{}\n");

    assertThatThrownBy(() -> source.read("routellm-mmlu", directory, ContestProgress.NONE))
        .isInstanceOf(BenchSource.Unusable.class)
        .hasMessageStartingWith("routellm-mmlu: ")
        .hasMessageContaining("line 1");
  }

  private Path file() {
    return directory.resolve("routellm-mmlu-dev.jsonl");
  }
}
