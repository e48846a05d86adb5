package io.quaestor.shadow.profile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Predictors that are fitted on a part of a history and are the candidates for the rest.
 *
 * @param numbers columns of numbers that they see
 * @param logs columns of numbers that they see as {@code ln(1 + |x|)} with the sign of x, because
 *     they differ by orders of magnitude
 * @param categories columns of texts that they see, each text as a yes-or-no of its own
 */
public record Predictors(
    Label label,
    List<String> numbers,
    List<String> logs,
    List<String> categories,
    Fit fit,
    List<Candidate> candidates) {

  private static final int SEED_MAX = Integer.MAX_VALUE;

  /** What is predicted, and when a prediction is a success. */
  public sealed interface Label {

    /** A class; success is the right one. */
    record Classes(Choice of) implements Label {}

    /** A number; success is to be within a share of the true one. */
    record Value(String column, int withinBps) implements Label {}

    /** A column's text as it is; success is the right one. */
    record Text(String column) implements Label {}
  }

  /**
   * The rows to fit on; the others, in their order, are the stream.
   *
   * @param shareBps the part of all rows
   */
  public record Fit(int shareBps, Rows rows, long seed) {

    /** A random part, or the first part, for streams whose past must not know their future. */
    public enum Rows {
      RANDOM,
      FIRST
    }
  }

  /** A predictor of the catalog. */
  public record Candidate(String model, Kind kind, int depth, int trees, int epochs) {

    public enum Kind {
      /** One decision tree; with a depth of 1 it is a stump. */
      TREE,
      /** Logistic regression, or linear regression for numbers. */
      LINEAR,
      /** A random forest. */
      FOREST
    }

    static Candidate read(String model, Settings settings) {
      Kind kind = settings.oneOf("kind", Kind.values(), null);
      Candidate candidate =
          new Candidate(
              model,
              kind,
              kind == Kind.LINEAR ? 0 : settings.integer("depth", 1, 64),
              kind == Kind.FOREST ? settings.integer("trees", 1, 1_000) : 1,
              kind == Kind.LINEAR ? settings.integer("epochs", 1, 1_000, 5) : 0);
      settings.done();
      return candidate;
    }
  }

  static Predictors read(Settings settings) {
    List<Candidate> candidates = new ArrayList<>();
    for (Map.Entry<String, Settings> each : settings.sections("candidates").entrySet()) {
      candidates.add(Candidate.read(each.getKey(), each.getValue()));
    }
    return new Predictors(
        label(settings.section("label")),
        settings.textsOrNone("numbers"),
        settings.textsOrNone("logs"),
        settings.textsOrNone("categories"),
        fit(settings),
        candidates);
  }

  private static Label label(Settings settings) {
    String column = settings.text("column");
    if (settings.has("table")) {
      // The same shape as every other choice, so it is read as one, from its parent.
      return new Label.Classes(Choice.table(settings));
    }
    Label label =
        settings.has("within_bps")
            ? new Label.Value(column, settings.integer("within_bps", 1, 1_000_000))
            : new Label.Text(column);
    settings.done();
    return label;
  }

  private static Fit fit(Settings parent) {
    if (!parent.has("fit")) {
      return new Fit(1_000, Fit.Rows.RANDOM, 1);
    }
    Settings settings = parent.section("fit");
    BigDecimal seedMax = BigDecimal.valueOf(SEED_MAX);
    Fit fit =
        new Fit(
            settings.integer("share_bps", 1, 9_999, 1_000),
            settings.oneOf("rows", Fit.Rows.values(), Fit.Rows.RANDOM),
            settings.has("seed")
                ? settings.decimal("seed", BigDecimal.ZERO, seedMax, 0).longValueExact()
                : 1);
    settings.done();
    return fit;
  }
}
