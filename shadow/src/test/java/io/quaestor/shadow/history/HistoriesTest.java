package io.quaestor.shadow.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.Progress;
import io.quaestor.shadow.profile.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoriesTest {

  private static final String CATALOG =
      """
      catalog {
        tiers = [low, high]
        models = [
          {
            id = cheap, provider = p, tier = low, quality_bps = 5000, p95_latency_ms = 0
            input_usd_per_million = "0.1", output_usd_per_million = "0.2"
          }
          {
            id = dear, provider = p, tier = high, quality_bps = 9000, p95_latency_ms = 0
            input_usd_per_million = "1", output_usd_per_million = "2"
          }
        ]
      }
      """;

  private static final String LONG =
      """
      set = small
      source {
        files = "small-outcomes-*.csv"
        join { files = "small-prompts-*.jsonl", by = id }
        leave_out = [{ column = bad, is = [1] }]
      }
      request {
        id = id
        use_case { column = kind, table { code = coding }, default = chat }
        input_tokens { characters_of = text, per = 4 }
        output_tokens = 50
        difficulty { column = [kind, level], table { code/hard = 7000 }, default = 1000 }
        features = [{ one_hot = kind, of = [code, talk] }, { log_characters_of = text }]
      }
      results {
        layout = long
        candidate = model
        score = score
        cost { column = cost_cny, usd = 0.14 }
        models { "Dear (2026)" = dear }
      }
      """
          + CATALOG;

  private static final String OUTCOMES =
      """
      id,kind,level,model,score,cost_cny,bad
      a,code,hard,cheap,0,0.001,0
      b,talk,easy,Dear (2026),0.5,0.0100000001,0
      a,code,hard,Dear (2026),1,0.02,0
      b,talk,easy,cheap,0.25,0.002,0
      c,talk,easy,cheap,1,0.001,1
      d,talk,easy,cheap,,,0
      d,talk,easy,Dear (2026),1,0.02,0
      """;

  private static final String PROMPTS =
      """
      {"id":"a","text":"123456789"}
      {"id":"b","text":"ümläut","kind":"not this one"}
      {"id":"c","text":"x"}
      {"id":"d","text":"x"}
      """;

  private static final String WIDE =
      """
      set = wide
      source { files = "wide.jsonl" }
      request { id = id, use_case = chat, input_tokens = 100, output_tokens { column = n } }
      results {
        layout = wide
        score_max = 10
        candidates {
          dear { score = [d1, d2], cost { output_tokens { column = chars, per = 4 } } }
          cheap { score = [c1, c2] }
        }
      }
      """
          + CATALOG;

  @TempDir Path folder;

  @Test
  void joinsPromptsAndOutcomesInTheOrderOfFirstAppearance() throws IOException {
    History history = readLong(OUTCOMES, PROMPTS);

    assertThat(history.set()).isEqualTo("small");
    assertThat(history.candidates()).containsExactly("cheap", "dear");
    assertThat(history.cases()).extracting(Case::id).containsExactly("a", "b");
    Case a = history.cases().getFirst();
    assertThat(a.useCase()).isEqualTo("coding");
    assertThat(a.inputTokens()).isEqualTo(3);
    assertThat(a.outputTokens()).isEqualTo(50);
    assertThat(a.difficultyBps()).isEqualTo(7000);
    assertThat(a.features()).containsExactly(1.0, 0.0, Math.log1p(9));
    assertThat(a.positive()).isNull();
    assertThat(a.results())
        .containsExactly(new Result(0, 14_000, false), new Result(10_000, 280_000, false));
    Case b = history.cases().getLast();
    assertThat(b.useCase()).isEqualTo("chat");
    assertThat(b.difficultyBps()).isEqualTo(1000);
    assertThat(b.features()).containsExactly(0.0, 1.0, Math.log1p(6));
    // 0.0100000001 CNY are 140,000.0014 microcents: a fraction is rounded up.
    assertThat(b.results())
        .containsExactly(new Result(2_500, 28_000, false), new Result(5_000, 140_001, false));
  }

  @Test
  void saysWhatIsLeftOut() throws IOException {
    assertThat(readLong(OUTCOMES, PROMPTS).notes())
        .containsExactly(
            "1 of 3 requests are left out: not every candidate has a known score there.",
            "1 rows are left out, as the profile says (leave_out).");
  }

  @Test
  void takesTheMeanOfTurnsAndTheTokensOfEachAnswer() throws IOException {
    History history =
        readWide("{\"id\":1,\"c1\":7,\"c2\":8,\"d1\":10,\"d2\":9.5,\"n\":30,\"chars\":81}\n");

    Case only = history.cases().getFirst();
    assertThat(only.id()).isEqualTo("1");
    assertThat(only.outputTokens()).isEqualTo(30);
    // 100 tokens at 10 microcents and 30 at 20; 100 at 100 and 21 at 200.
    assertThat(only.results())
        .containsExactly(new Result(7_500, 1_600, false), new Result(9_750, 14_200, false));
  }

  @Test
  void readsTruthAndPredictionsOfAPositiveClass() throws IOException {
    Path profile =
        write(
            "p.conf",
            """
            set = flags
            source { files = "flags.csv", order = file }
            request { id = id, use_case = triage, input_tokens = 1, output_tokens = 0 }
            results { layout = long, candidate = model, score = score, prediction = said }
            positive { column = truth, not = [normal, unknown] }
            """
                + CATALOG);
    Path file =
        write(
            "flags.csv",
            """
            id,model,score,said,truth
            1,cheap,0,normal,attack
            1,dear,1,attack,attack
            2,cheap,1,normal,normal
            2,dear,0,probe,normal
            """);

    History history = Histories.read(Profiles.load(profile.toString()), file, Progress.NONE);

    assertThat(history.cases()).extracting(Case::positive).containsExactly(true, false);
    assertThat(history.cases().getFirst().results())
        .extracting(Result::flagged)
        .containsExactly(false, true);
    assertThat(history.cases().getLast().results())
        .extracting(Result::flagged)
        .containsExactly(false, true);
  }

  @Test
  void namesFileLineAndColumnOfWhatIsWrong() throws IOException {
    outcomes("a,code,hard,cheap,0,", "a,code,hard,cheap,1.5,")
        .hasMessageEndingWith(
            "small-outcomes-dev.csv, line 2, column 'score': must be a number from 0 to 1, got '1.5'.");
    outcomes("a,code,hard,cheap,0,", "a,code,hard,cheap,NaN,")
        .hasMessageContaining("column 'score': must be a number from 0 to 1, got 'NaN'");
    outcomes("0.002", "-0.002")
        .hasMessageContaining("line 5, column 'cost_cny': must be a number from 0 to 1000000");
    outcomes("0.002", "1e300").hasMessageContaining("got '1e300'");
    outcomes("b,talk,easy,cheap,0.25,0.002", "b,talk,easy,cheap,0.25,")
        .hasMessageContaining("line 5, column 'cost_cny': must not be empty");
    outcomes("b,talk,easy,cheap", "a,code,hard,cheap")
        .hasMessageContaining("line 5, column 'model': 'cheap' for request 'a' is there a second")
        .hasMessageContaining("first in")
        .hasMessageContaining("small-outcomes-dev.csv, line 2.");
    outcomes("b,talk,easy,cheap", "b,talk,easy,best")
        .hasMessageContaining("line 5, column 'model': 'best' is no model of the profile's catalog")
        .hasMessageContaining("Known: cheap, dear");
    outcomes("b,talk,easy,cheap", "e,talk,easy,cheap")
        .hasMessageContaining("line 5, column 'id': 'e' has no row in the joined file");
    outcomes("b,talk,easy,cheap", ",talk,easy,cheap")
        .hasMessageContaining("line 5, column 'id': must not be empty");
    outcomes("model,score", "model,points")
        .hasMessageContaining(
            "column 'score' is missing; there are: id, kind, level, model, points");
    outcomes("Dear (2026)", "cheap").hasMessageContaining("is there a second time");
  }

  @Test
  void namesTheFaultsOfTheJoinedFile() throws IOException {
    assertThatThrownBy(() -> readLong(OUTCOMES, PROMPTS + "{\"id\":\"a\",\"text\":\"again\"}\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(
            "small-prompts-dev.jsonl, line 5, column 'id': 'a' is there a second");
    assertThatThrownBy(
            () -> readLong(OUTCOMES, PROMPTS.replace("\"text\":\"123456789\"", "\"t\":1")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("small-outcomes-dev.csv, line 2: column 'text' is missing");
    Files.delete(folder.resolve("small-prompts-dev.jsonl"));
    assertThatThrownBy(() -> read("long.conf", LONG, folder.resolve("small-outcomes-dev.csv")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("There is no file")
        .hasMessageContaining("small-prompts-dev.jsonl; the profile joins it");
    assertThatThrownBy(() -> read("long.conf", LONG, write("mine.csv", OUTCOMES)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("must be called like small-outcomes-*.csv");
    assertThatThrownBy(() -> read("long.conf", LONG, folder.resolve("none.csv")))
        .isInstanceOf(BadInput.class);
  }

  @Test
  void refusesAHistoryWithoutARequestThatCanBeUsed() throws IOException {
    String header = OUTCOMES.lines().findFirst().orElseThrow() + "\n";

    assertThatThrownBy(() -> readLong(header, PROMPTS))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("holds no request that can be used");
    assertThatThrownBy(() -> readLong(header + "a,code,hard,cheap,0,0.001,0\n", PROMPTS))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("column 'model': there is no row of dear");
    assertThatThrownBy(
            () ->
                readWide("{\"id\":1,\"c1\":\"\",\"c2\":8,\"d1\":1,\"d2\":1,\"n\":3,\"chars\":8}\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("1 of 1 requests are left out");
  }

  @Test
  void namesTheFaultsOfWideRows() throws IOException {
    String row = "{\"id\":1,\"c1\":7,\"c2\":8,\"d1\":10,\"d2\":9.5,\"n\":30,\"chars\":81}\n";

    assertThatThrownBy(() -> readWide(row + row))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(
            "wide.jsonl, line 2, column 'id': request '1' is there a second time");
    assertThatThrownBy(() -> readWide(row.replace("\"c1\":7", "\"c1\":11")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("line 1, column 'c1': must be a number from 0 to 10, got '11'");
    assertThatThrownBy(() -> readWide(row.replace("\"chars\":81", "\"chars\":[81]")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("line 1: column 'chars' is missing");
  }

  @Test
  void isTheSameHistoryWhenReadAgain() throws IOException {
    assertThat(readLong(OUTCOMES, PROMPTS)).isEqualTo(readLong(OUTCOMES, PROMPTS));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> outcomes(String from, String to) {
    assertThat(OUTCOMES).contains(from);
    return assertThatThrownBy(() -> readLong(OUTCOMES.replace(from, to), PROMPTS))
        .isInstanceOf(BadInput.class);
  }

  private History readLong(String outcomes, String prompts) throws IOException {
    Path unused = write("small-prompts-dev.jsonl", prompts);
    return read("long.conf", LONG, write("small-outcomes-dev.csv", outcomes));
  }

  private History readWide(String rows) throws IOException {
    return read("wide.conf", WIDE, write("wide.jsonl", rows));
  }

  private History read(String name, String profile, Path file) throws IOException {
    return Histories.read(Profiles.load(write(name, profile).toString()), file, Progress.NONE);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
