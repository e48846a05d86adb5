package io.quaestor.shadow.predictor;

import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.profile.Feature;
import io.quaestor.shadow.profile.Predictors;
import io.quaestor.shadow.rows.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What predictors see of the rows, and what they should predict, held compactly: a set may have
 * half a million rows. Texts are numbered in the order of their first appearance.
 */
public final class Samples {

  private static final int ROWS_MAX = 2_000_000;

  /** Of one column; more different texts are names, not categories. */
  private static final int TEXTS_MAX = 1_000;

  private final Predictors predictors;
  private final List<float[]> numbers = new ArrayList<>();
  private final List<short[]> texts = new ArrayList<>();
  private final List<Double> targets = new ArrayList<>();
  private final List<Map<String, Integer>> codes = new ArrayList<>();
  private final Map<String, Integer> classes = new LinkedHashMap<>();

  public Samples(Predictors predictors) {
    this.predictors = predictors;
    predictors.categories().forEach(unused -> codes.add(new LinkedHashMap<>()));
  }

  public void add(Row row) {
    if (size() == ROWS_MAX) {
      throw new BadInput(
          "%s: predictors are fitted on at most %,d rows; cut the file."
              .formatted(row.place(), ROWS_MAX));
    }
    targets.add(target(row));
    numbers.add(numbers(row));
    texts.add(texts(row));
  }

  /** An empty cell is not a number, and counts as the mean later. */
  private float[] numbers(Row row) {
    List<String> plain = predictors.numbers();
    List<String> logs = predictors.logs();
    float[] cells = new float[plain.size() + logs.size()];
    for (int i = 0; i < cells.length; i++) {
      boolean log = i >= plain.size();
      String column = log ? logs.get(i - plain.size()) : plain.get(i);
      double number = row.optional(column) == null ? Double.NaN : row.real(column, Feature.MOST);
      cells[i] = (float) (log ? Feature.log(number) : number);
    }
    return cells;
  }

  private short[] texts(Row row) {
    short[] cells = new short[codes.size()];
    for (int i = 0; i < cells.length; i++) {
      String column = predictors.categories().get(i);
      cells[i] = (short) code(codes.get(i), row, column, row.text(column));
    }
    return cells;
  }

  private static int code(Map<String, Integer> codes, Row row, String column, String text) {
    Integer code = codes.get(text);
    if (code == null) {
      if (codes.size() == TEXTS_MAX) {
        throw row.bad(
            column,
            "has more than %,d different texts; it is no column of categories or classes."
                .formatted(TEXTS_MAX));
      }
      code = codes.size();
      codes.put(text, code);
    }
    return code;
  }

  private double target(Row row) {
    return switch (predictors.label()) {
      case Predictors.Label.Classes label -> code(classes, row, "label", label.of().of(row));
      case Predictors.Label.Text(String column) -> code(classes, row, column, row.text(column));
      case Predictors.Label.Value label -> row.real(label.column(), Feature.MOST);
    };
  }

  public int size() {
    return targets.size();
  }

  /** The class's number, or the value. */
  public double target(int row) {
    return targets.get(row);
  }

  /** The names of the classes, by their numbers; empty where values are predicted. */
  public List<String> classes() {
    return List.copyOf(classes.keySet());
  }

  boolean values() {
    return predictors.label() instanceof Predictors.Label.Value;
  }

  float[] numbers(int row) {
    return numbers.get(row);
  }

  short[] texts(int row) {
    return texts.get(row);
  }

  /** How many different texts a column of categories has. */
  int width(int category) {
    return codes.get(category).size();
  }

  int numberColumns() {
    return predictors.numbers().size() + predictors.logs().size();
  }

  int categoryColumns() {
    return codes.size();
  }
}
