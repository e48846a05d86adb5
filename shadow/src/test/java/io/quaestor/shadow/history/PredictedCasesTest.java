package io.quaestor.shadow.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.Progress;
import io.quaestor.shadow.profile.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictedCasesTest {

  /** A class that hangs on two columns: a stump gets half of it, a forest nearly all. */
  private static final String PROFILE =
      """
      set = made
      source { files = "made.csv", order = file }
      request {
        use_case = triage, input_tokens = 1000, output_tokens = 0
        features = [{ number = x }]
      }
      results {
        layout = predicted
        label { column = y, table { "ok." = normal }, default = attack }
        numbers = [x, z]
        logs = [big]
        categories = [colour]
        fit { share_bps = 2000, rows = random, seed = 7 }
        candidates {
          stump { kind = tree, depth = 1 }
          linear { kind = linear, epochs = 5 }
          forest { kind = forest, trees = 9, depth = 8 }
        }
      }
      positive { is = attack }
      catalog {
        tiers = [stump, linear, forest]
        models = [
          {
            id = stump, provider = p, tier = stump, quality_bps = 5000, p95_latency_ms = 0
            input_usd_per_million = "0.01", output_usd_per_million = "0"
          }
          {
            id = linear, provider = p, tier = linear, quality_bps = 6000, p95_latency_ms = 0
            input_usd_per_million = "0.1", output_usd_per_million = "0"
          }
          {
            id = forest, provider = p, tier = forest, quality_bps = 9000, p95_latency_ms = 0
            input_usd_per_million = "1", output_usd_per_million = "0"
          }
        ]
      }
      """;

  @TempDir Path folder;

  @Test
  void fitsOnAPartAndPredictsTheOthersInTheirOrder() throws IOException {
    Path file = write("made.csv", rows(2_000));

    History history = read(PROFILE, file);

    assertThat(history.candidates()).containsExactly("stump", "linear", "forest");
    assertThat(history.cases()).hasSize(1_600);
    assertThat(history.cases().stream().map(it -> Integer.parseInt(it.id().substring(4))))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(history.notes())
        .containsExactly(
            "Fitted stump (tree of depth 1), linear (linear, 5 epochs), forest (forest of 9 trees of"
                + " depth 8) on 400 of 2,000 rows (at random, seed 7); the other 1,600 rows are the"
                + " stream.");
    assertThat(history.cases().getFirst().results())
        .extracting(Result::costMicrocents)
        .containsExactly(1_000L, 10_000L, 100_000L);
    assertThat(score(history, 0)).isBetween(0.55, 0.85);
    assertThat(score(history, 2)).isGreaterThan(0.93);
  }

  @Test
  void flagsWhatACandidateCallsPositive() throws IOException {
    History history = read(PROFILE, write("made.csv", rows(1_000)));

    for (Case each : history.cases()) {
      for (Result result : each.results()) {
        boolean right = result.scoreBps() == 10_000;
        boolean positive = Boolean.TRUE.equals(each.positive());
        assertThat(result.flagged()).isEqualTo(right == positive);
      }
    }
    assertThat(history.cases()).extracting(Case::positive).contains(true, false);
  }

  @Test
  void isTheSameOnEveryRunAndAnotherWithAnotherSeed() throws IOException {
    Path file = write("made.csv", rows(1_000));

    History once = read(PROFILE, file);
    History again = read(PROFILE, file);
    History other = read(PROFILE.replace("seed = 7", "seed = 8"), file);

    assertThat(again).isEqualTo(once);
    assertThat(other.cases()).isNotEqualTo(once.cases());
  }

  @Test
  void takesTheFirstRowsWhenThePastMustNotKnowTheFuture() throws IOException {
    History history =
        read(PROFILE.replace("rows = random", "rows = first"), write("made.csv", rows(1_000)));

    assertThat(history.cases().getFirst().id()).isEqualTo("row-201");
    assertThat(history.notes().getFirst()).contains("(the first, seed 7)");
  }

  @Test
  void countsAValueThatIsNearEnoughAsASuccess() throws IOException {
    StringBuilder rows = new StringBuilder("x,z,big,colour,y\n");
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 2_000; i++) {
      double x = random.nextDouble();
      rows.append("%s,%s,1,red,%s%n".formatted(x, random.nextDouble(), 100 + 300 * x));
    }
    String profile =
        PROFILE
            .replace(
                "label { column = y, table { \"ok.\" = normal }, default = attack }",
                "label { column = y, within_bps = 1000 }")
            .replace("positive { is = attack }", "");

    History history = read(profile, write("made.csv", rows.toString()));

    // Two steps of a stump are within 10 % of few values, a line of all, many steps of most.
    assertThat(score(history, 0)).isBetween(0.2, 0.6);
    assertThat(score(history, 1)).isGreaterThan(0.95);
    assertThat(score(history, 2)).isGreaterThan(0.9);
    assertThat(history.cases().getFirst().positive()).isNull();
  }

  @Test
  void takesAnEmptyNumberAsTheMean() throws IOException {
    String rows = rows(1_000).replaceFirst("\n[^,]*,", "\n,");

    assertThat(read(PROFILE.replace("features = [{ number = x }]", ""), write("made.csv", rows)))
        .isNotNull();
  }

  @Test
  void tellsWhatIsBeingDone() throws IOException {
    List<String> steps = new ArrayList<>();
    Progress progress =
        (step, done, total) -> {
          if (steps.isEmpty() || !steps.getLast().equals(step)) {
            steps.add(step);
          }
        };

    History unused =
        Histories.read(
            Profiles.load(write("made.conf", PROFILE).toString()),
            write("made.csv", rows(1_000)),
            progress);

    assertThat(steps)
        .containsExactly(
            "Reading made.csv", "Fitting stump", "Fitting linear", "Fitting forest", "Predicting");
  }

  @Test
  void refusesWhatCannotBeFitted() throws IOException {
    assertThatThrownBy(() -> read(PROFILE, write("made.csv", rows(50))))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("10 rows of 50 are too few to fit predictors on; 20 are needed");
    assertThatThrownBy(
            () -> read(PROFILE, write("made.csv", rows(500).replaceAll("bad\\.", "ok."))))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("the label is the same in all 100 rows");
    assertThatThrownBy(() -> read(PROFILE, write("made.csv", rows(500) + "0.5,NaN,1,red,ok.\n")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("made.csv, line 502, column 'z': must be a number");
    assertThatThrownBy(() -> read(PROFILE, write("made.csv", rows(500) + "0.5,1,1,,ok.\n")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("made.csv, line 502, column 'colour': must not be empty");
    StringBuilder names = new StringBuilder("x,z,big,colour,y\n");
    for (int i = 0; i < 1_500; i++) {
      names.append("1,1,1,name-").append(i).append(",ok.\n");
    }
    assertThatThrownBy(() -> read(PROFILE, write("made.csv", names.toString())))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("line 1002, column 'colour': has more than 1,000 different texts");
  }

  private static double score(History history, int candidate) {
    return history.cases().stream()
            .mapToInt(it -> it.results().get(candidate).scoreBps())
            .average()
            .orElse(0)
        / 10_000;
  }

  /** Bad where x is high and the colour red, or z is high and the colour blue. */
  private static String rows(int count) {
    StringBuilder rows = new StringBuilder("x,z,big,colour,y\n");
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < count; i++) {
      double x = random.nextDouble();
      double z = random.nextDouble();
      boolean red = random.nextBoolean();
      boolean bad = red ? x > 0.5 : z > 0.5;
      rows.append(x).append(',').append(z).append(',').append(random.nextInt(1_000_000));
      rows.append(',').append(red ? "red" : "blue").append(',').append(bad ? "bad." : "ok.");
      rows.append('\n');
    }
    return rows.toString();
  }

  private History read(String profile, Path file) throws IOException {
    return Histories.read(
        Profiles.load(write("made.conf", profile).toString()), file, Progress.NONE);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
