package io.quaestor.shadow.profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column that is computed from a column of other rows of the same group, in the file's order. A
 * row whose window reaches beyond its group has no such cell, and is left out.
 */
public sealed interface Derived {

  int ROWS_MAX = 10_000;

  /** The name of the new column. */
  String name();

  /** The column it is computed from, which may be a derived one named before. */
  String of();

  /** The column whose texts part the rows into groups; null: all are one group. */
  @Nullable String group();

  /** {@code x[to] / x[from] - 1}; a row's own place is 0, the one before it -1. */
  record Change(String name, String of, @Nullable String group, int from, int to)
      implements Derived {}

  /** {@code up} if {@code x[to] > x[from]}, else {@code down}. */
  record Direction(String name, String of, @Nullable String group, int from, int to)
      implements Derived {}

  /** The mean of the last rows, this one included. */
  record Mean(String name, String of, @Nullable String group, int rows) implements Derived {}

  /** The standard deviation of the last rows, this one included. */
  record Deviation(String name, String of, @Nullable String group, int rows) implements Derived {}

  /** {@code x / y - 1} of the same row. */
  record Ratio(String name, String of, @Nullable String group, String by) implements Derived {}

  /** What a derived column may be called in a profile. */
  enum Kind {
    CHANGE,
    DIRECTION,
    MEAN,
    DEVIATION,
    RATIO
  }

  /** Whether a later row than its own is looked at. */
  default boolean looksAhead() {
    return switch (this) {
      case Change change -> change.to > 0 || change.from > 0;
      case Direction direction -> direction.to > 0 || direction.from > 0;
      case Mean unused -> false;
      case Deviation unused -> false;
      case Ratio unused -> false;
    };
  }

  /** All columns that are derived from a later row, directly or not. */
  static Set<String> lookingAhead(List<Derived> all) {
    Set<String> ahead = new HashSet<>();
    for (Derived each : all) {
      boolean by = each instanceof Ratio ratio && ahead.contains(ratio.by);
      if (by || each.looksAhead() || ahead.contains(each.of())) {
        ahead.add(each.name());
      }
    }
    return ahead;
  }

  static List<Derived> readAll(Settings parent, String name) {
    List<Derived> all = new ArrayList<>();
    for (Settings settings : parent.list(name)) {
      all.add(read(settings));
      settings.done();
    }
    return List.copyOf(all);
  }

  private static Derived read(Settings settings) {
    String name = settings.text("name");
    String of = settings.text("of");
    String group = settings.textOrNull("group");
    return switch (settings.oneOf("kind", Kind.values(), null)) {
      case CHANGE -> new Change(name, of, group, step(settings, "from"), step(settings, "to"));
      case DIRECTION ->
          new Direction(name, of, group, step(settings, "from"), step(settings, "to"));
      case MEAN -> new Mean(name, of, group, settings.integer("rows", 1, ROWS_MAX));
      case DEVIATION -> new Deviation(name, of, group, settings.integer("rows", 2, ROWS_MAX));
      case RATIO -> new Ratio(name, of, group, settings.text("by"));
    };
  }

  private static int step(Settings settings, String name) {
    return settings.integer(name, -ROWS_MAX, ROWS_MAX);
  }
}
