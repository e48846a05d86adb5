package io.quaestor.shadow.profile;

import io.quaestor.shadow.rows.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** One or more numbers that describe a request, and where they come from. */
public sealed interface Feature {

  /** As many as a route call may have. */
  int FEATURES_MAX = 64;

  /** Beyond it a double no longer tells whole numbers apart. */
  double MOST = 1e15;

  /** A column's number, divided. */
  record Plain(String column, double per) implements Feature {}

  /** {@code ln(1 + |x|)} with the sign of x. */
  record Log(String column) implements Feature {}

  /** {@code ln(1 + characters)} of a text. */
  record LogCharacters(String column) implements Feature {}

  /** One number for each of the texts: 1 if the column has it, else 0. */
  record OneHot(String column, List<String> of) implements Feature {}

  default int width() {
    return this instanceof OneHot oneHot ? oneHot.of.size() : 1;
  }

  /** Writes the numbers from {@code at} on. */
  default void of(Row row, double[] target, int at) {
    switch (this) {
      case Plain(String column, double per) -> target[at] = row.real(column, MOST) / per;
      case Log(String column) -> target[at] = log(row.real(column, MOST));
      case LogCharacters(String column) -> {
        String text = row.text(column);
        target[at] = Math.log1p(text.codePointCount(0, text.length()));
      }
      case OneHot(String column, List<String> of) -> {
        int found = of.indexOf(row.text(column));
        if (found >= 0) {
          target[at + found] = 1;
        }
      }
    }
  }

  static double log(double x) {
    return Math.signum(x) * Math.log1p(Math.abs(x));
  }

  static List<Feature> readAll(Settings parent, String name) {
    List<Feature> features = new ArrayList<>();
    for (Settings settings : parent.list(name)) {
      features.add(read(settings));
      settings.done();
    }
    int width = features.stream().mapToInt(Feature::width).sum();
    if (width > FEATURES_MAX) {
      throw parent.bad(
          name, "makes %d numbers; at most %d are allowed.".formatted(width, FEATURES_MAX));
    }
    return features;
  }

  private static Feature read(Settings settings) {
    if (settings.has("log")) {
      return new Log(settings.text("log"));
    }
    if (settings.has("log_characters_of")) {
      return new LogCharacters(settings.text("log_characters_of"));
    }
    if (settings.has("one_hot")) {
      return new OneHot(settings.text("one_hot"), List.copyOf(settings.texts("of")));
    }
    String column = settings.text("number");
    return new Plain(
        column,
        settings.has("per")
            ? settings
                .decimal("per", new BigDecimal("0.000001"), BigDecimal.valueOf(MOST), 6)
                .doubleValue()
            : 1);
  }
}
