package io.quaestor.shadow.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quaestor.shadow.BadInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {

  private static final String LONG =
      """
      set = small
      source { files = "small-*.csv" }
      request { id = id, use_case = chat, input_tokens = 10, output_tokens = 5 }
      results { layout = long, candidate = model, score = score }
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

  private static final String PREDICTED =
      LONG.replace(
          "results { layout = long, candidate = model, score = score }",
          """
          results {
            layout = predicted
            label { column = y }
            numbers = [x]
            candidates {
              dear { kind = forest, trees = 3, depth = 4 }
              cheap { kind = tree, depth = 1 }
            }
          }
          """);

  @TempDir Path folder;

  @Test
  void fillsInWhatALeanProfileLeavesOut() throws IOException {
    Profile profile = load(LONG);

    assertThat(profile.baseline()).isEqualTo("dear");
    assertThat(profile.targetsPercent()).containsExactly(30, 50, 70, 90);
    assertThat(profile.source().order()).isEqualTo(Source.Order.SHUFFLED);
    assertThat(profile.catalog().name()).isEqualTo("small");
    assertThat(profile.policy().name()).isEqualTo("small");
    assertThat(profile.policy().reservationTtlMillis()).isEqualTo(600_000);
    assertThat(profile.layout())
        .isEqualTo(
            new Layout.LongRows(
                "model",
                "score",
                BigDecimal.ONE,
                new Cost.Tokens(null, null),
                java.util.Map.of(),
                null));
  }

  @Test
  void laysAPolicyOverTheBuiltInOne() throws IOException {
    Profile profile = load(LONG + "policy { default_floor_bps = 1, floors_bps { chat = 2 } }");

    assertThat(profile.policy().defaultFloorBps()).isEqualTo(1);
    assertThat(profile.policy().floorsBps()).containsEntry("chat", 2).containsEntry("coding", 7200);
  }

  @Test
  void ordersCandidatesAsTheCatalogDoes() throws IOException {
    Layout layout = load(PREDICTED).layout();

    assertThat(layout).isInstanceOf(Layout.Predicted.class);
    Predictors predictors = ((Layout.Predicted) layout).predictors();
    assertThat(predictors.candidates())
        .extracting(Predictors.Candidate::model)
        .containsExactly("cheap", "dear");
    assertThat(predictors.fit())
        .isEqualTo(new Predictors.Fit(1_000, Predictors.Fit.Rows.RANDOM, 1));
  }

  @Test
  void namesTheSettingThatIsUnknownOrWrong() throws IOException {
    fault(LONG + "sets = a")
        .hasMessageContaining(
            "setting 'sets' is unknown; known here are: about, baseline, catalog");
    fault(LONG.replace("id = id,", "id = id, tokens = 3,"))
        .hasMessageContaining("line 3: setting 'request.tokens' is unknown");
    fault(LONG.replace("score = score }", "score = score, cost { column = c, rate = 2 } }"))
        .hasMessageContaining("'results.cost.rate' is unknown");
    fault(LONG.replace("input_tokens = 10", "input_tokens = many"))
        .hasMessageContaining("'request.input_tokens' must be a whole number from 0 to 1000000000")
        .hasMessageContaining("got \"many\"");
    fault(LONG.replace("input_tokens = 10", "input_tokens = -1"))
        .hasMessageContaining("'request.input_tokens' must be a whole number from 0");
    fault(LONG.replace("input_tokens = 10,", ""))
        .hasMessageContaining("'request.input_tokens' is missing");
    fault(LONG.replace("layout = long", "layout = tall"))
        .hasMessageContaining(
            "'results.layout' must be one of wide, long, predicted, got \"tall\"");
    fault(LONG.replace("use_case = chat", "use_case = \"a b\""))
        .hasMessageContaining("'request.use_case' must be 1 to 128 letters");
    fault(LONG + "targets = [30, 101]").hasMessageContaining("'targets' must be whole percents");
    fault(LONG + "baseline = best")
        .hasMessageContaining("'baseline' must be a model of the catalog");
    fault(LONG.replace("set = small", "set = \"a b\"")).hasMessageContaining("'set' must be");
    fault(LONG.replace("small-*.csv", "*-*.csv")).hasMessageContaining("at most one '*'");
    fault(LONG.replace("score = score }", "score = score, models { \"A B\" = best } }"))
        .hasMessageContaining("'results.models.A B' must be a model of the catalog, got best");
    fault(LONG + "source = 3").hasMessageContaining("'source' must be an object { ... }");
  }

  @Test
  void readsCatalogAndPolicyAsTheServerDoes() throws IOException {
    fault(LONG.replace("tier = low", "tier = medium"))
        .hasMessageContaining("'catalog' is not a valid document")
        .hasMessageContaining("models[0].tier");
    fault(LONG.replace("quality_bps = 5000", "quality = 5000"))
        .hasMessageContaining("Unknown member 'models[0].quality'");
    fault(LONG.replace("\"0.1\"", "0.1")).hasMessageContaining("models[0].input_usd_per_million");
    fault(LONG.replace("input_usd_per_million = \"1\", output_usd_per_million = \"2\"", ""))
        .hasMessageContaining("has no price for model 'dear'");
    fault(LONG + "policy { floor = 3 }")
        .hasMessageContaining("'policy' is not a valid document: Unknown member 'floor'");
    fault(LONG + "policy { default_floor_bps = 10001 }")
        .hasMessageContaining("'default_floor_bps' must be 0 to 10000");
  }

  @Test
  void wantsTheCandidatesOfTheCatalog() throws IOException {
    fault(PREDICTED.replace("cheap { kind", "free { kind"))
        .hasMessageContaining(
            "'results.candidates' must be the models of the catalog, [cheap, dear]")
        .hasMessageContaining("they are [dear, free]");
    fault(PREDICTED.replace("depth = 1", "depth = 0"))
        .hasMessageContaining(
            "'results.candidates.cheap.depth' must be a whole number from 1 to 64");
    fault(PREDICTED.replace("numbers = [x]", ""))
        .hasMessageContaining("'results.numbers' or 'logs' or 'categories'");
    fault(PREDICTED.replace("kind = tree", "kind = oracle"))
        .hasMessageContaining(
            "'results.candidates.cheap.kind' must be one of tree, linear, forest");
  }

  @Test
  void refusesAPredictorThatWouldSeeALaterRow() throws IOException {
    String derived =
        """
        files = "small-*.csv"
        derived = [
          { name = next, kind = change, of = p, from = 0, to = 1 }
          { name = x, kind = mean, of = next, rows = 2 }
        ]
        """;

    fault(PREDICTED.replace("files = \"small-*.csv\"", derived))
        .hasMessageContaining("'results' uses column 'x', which is derived from later rows");
    fault(
            LONG.replace("files = \"small-*.csv\"", derived)
                .replace("id = id,", "id = id, features = [{ log = next }],"))
        .hasMessageContaining("'request' uses column 'next', which is derived from later rows");
    assertThat(
            load(PREDICTED.replace("files = \"small-*.csv\"", derived).replace("to = 1", "to = 0")))
        .isNotNull();
  }

  @Test
  void readsAPositiveClassAsItsLayoutHasIt() throws IOException {
    assertThat(load(PREDICTED + "positive { not = normal }").positive())
        .isNotNull()
        .satisfies(it -> assertThat(it.is("attack")).isTrue())
        .satisfies(it -> assertThat(it.is("normal")).isFalse());
    fault(PREDICTED + "positive { is = a, not = b }").hasMessageContaining("exclude each other");
    fault(PREDICTED + "positive { column = y, is = a }")
        .hasMessageContaining("'positive.column' is unknown");
    fault(PREDICTED.replace("column = y", "column = y, within_bps = 5") + "positive { is = a }")
        .hasMessageContaining("'positive' needs a label of classes");
    fault(LONG + "positive { is = a }").hasMessageContaining("'positive.column' is missing");
  }

  @Test
  void boundsTheNumberOfFeatures() throws IOException {
    String many = "features = [{ one_hot = c, of = [%s] }],".formatted("a, ".repeat(64) + "b");

    fault(LONG.replace("id = id,", "id = id, " + many))
        .hasMessageContaining("'request.features' makes 65 numbers; at most 64");
  }

  @Test
  void saysWhichProfilesThereAre() throws IOException {
    assertThatThrownBy(() -> Profiles.load("mmlu"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("There is no profile 'mmlu'")
        .hasMessageContaining("routellm-mmlu");
    fault("set = {").hasMessageContaining("cannot be read");
    fault(LONG.replace("set = small", "set = ${name}")).hasMessageContaining("cannot be read");
  }

  @Test
  void findsTheFileOfEitherHalf() throws IOException {
    Profile profile = load(LONG);
    Path data = Files.createDirectory(folder.resolve("data"));

    assertThat(profile.source().find(data)).isEmpty();
    Path dev = Files.writeString(data.resolve("small-dev.csv.gz"), "");
    Files.writeString(data.resolve("smaller-dev.csv"), "");
    assertThat(profile.source().find(data)).contains(dev);
    Files.writeString(data.resolve("small-heldout.csv"), "");
    assertThatThrownBy(() -> profile.source().find(data))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("several files small-*.csv")
        .hasMessageContaining("small-dev.csv.gz, small-heldout.csv");
    assertThatThrownBy(() -> profile.source().find(folder.resolve("none")))
        .hasMessageContaining("There is no folder");
  }

  @Test
  void keepsAShippedProfileFreeOfTheEnvironment() {
    assertThat(List.copyOf(Profiles.names())).isSorted().hasSize(14);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> fault(String text) throws IOException {
    Path file = write(text);
    return assertThatThrownBy(() -> Profiles.load(file.toString())).isInstanceOf(BadInput.class);
  }

  private Profile load(String text) throws IOException {
    return Profiles.load(write(text).toString());
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("profile.conf"), text);
  }
}
