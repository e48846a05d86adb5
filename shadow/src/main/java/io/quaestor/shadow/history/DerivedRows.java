package io.quaestor.shadow.history;

import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.profile.Derived;
import io.quaestor.shadow.profile.Feature;
import io.quaestor.shadow.rows.Row;
import io.quaestor.shadow.rows.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows with columns that are computed from other rows, so all of them are held at once. Doubles are
 * passed on as texts, which keep every bit of them.
 */
final class DerivedRows implements Rows {

  private static final int ROWS_MAX = 1_000_000;

  private final List<Row> rows;
  private int at;

  private DerivedRows(List<Row> rows) {
    this.rows = rows;
  }

  static Rows of(Rows source, List<Derived> columns, List<String> notes) {
    try (source) {
      List<Row> rows = all(source);
      List<Map<String, String>> cells = new ArrayList<>();
      rows.forEach(unused -> cells.add(new LinkedHashMap<>()));
      for (Derived column : columns) {
        new Column(column, rows, cells).derive();
      }
      List<Row> whole = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        if (cells.get(i).size() == columns.size()) {
          whole.add(rows.get(i).with(cells.get(i)));
        }
      }
      if (whole.size() < rows.size()) {
        notes.add(
            "%,d of %,d rows are left out: derived columns reach beyond their group there."
                .formatted(rows.size() - whole.size(), rows.size()));
      }
      return new DerivedRows(whole);
    }
  }

  private static List<Row> all(Rows source) {
    List<Row> rows = new ArrayList<>();
    for (Row row = source.next(); row != null; row = source.next()) {
      if (rows.size() == ROWS_MAX) {
        throw new BadInput(
            "%s: derived columns are computed over at most %,d rows; cut the file."
                .formatted(row.place(), ROWS_MAX));
      }
      rows.add(row);
    }
    return rows;
  }

  @Override
  public @Nullable Row next() {
    return at == rows.size() ? null : rows.get(at++);
  }

  @Override
  public void close() {
    // The source was closed when the rows had been taken.
  }

  /** One derived column over all groups. */
  private record Column(Derived column, List<Row> rows, List<Map<String, String>> cells) {

    void derive() {
      Map<String, List<Integer>> groups = new LinkedHashMap<>();
      String group = column.group();
      for (int i = 0; i < rows.size(); i++) {
        String key = group == null ? "" : rows.get(i).text(group);
        groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(i);
      }
      groups.values().forEach(this::derive);
    }

    private void derive(List<Integer> group) {
      Map<String, double[]> columns = new HashMap<>();
      columns.put(column.of(), values(group, column.of()));
      if (column instanceof Derived.Ratio ratio) {
        columns.put(ratio.by(), values(group, ratio.by()));
      }
      for (int i = 0; i < group.size(); i++) {
        String value = new Window(columns, i).value(column);
        if (value != null) {
          cells.get(group.get(i)).put(column.name(), value);
        }
      }
    }

    /** NaN where a column that was derived before has no cell. */
    private double[] values(List<Integer> group, String name) {
      double[] values = new double[group.size()];
      for (int i = 0; i < values.length; i++) {
        String before = cells.get(group.get(i)).get(name);
        Row row = rows.get(group.get(i));
        values[i] =
            before != null
                ? Double.parseDouble(before)
                : row.has(name) ? row.real(name, Feature.MOST) : derivedBefore(row, name);
      }
      return values;
    }

    private double derivedBefore(Row row, String name) {
      if (cells.stream().noneMatch(it -> it.containsKey(name))) {
        String unused = row.text(name); // says that there is no such column
      }
      return Double.NaN;
    }
  }

  /** The values around one row of a group. */
  private record Window(Map<String, double[]> columns, int at) {

    @Nullable String value(Derived derived) {
      double[] of = columns.getOrDefault(derived.of(), new double[0]);
      return switch (derived) {
        case Derived.Change it -> text(value(of, it.to()) / value(of, it.from()) - 1);
        case Derived.Direction it -> direction(value(of, it.from()), value(of, it.to()));
        case Derived.Mean it -> text(mean(of, it.rows()));
        case Derived.Deviation it -> text(deviation(of, it.rows()));
        case Derived.Ratio it ->
            text(value(of, 0) / value(columns.getOrDefault(it.by(), new double[0]), 0) - 1);
      };
    }

    private double value(double[] of, int step) {
      int place = at + step;
      return place < 0 || place >= of.length ? Double.NaN : of[place];
    }

    private double mean(double[] of, int rows) {
      double sum = 0;
      for (int step = 0; step < rows; step++) {
        sum += value(of, -step);
      }
      return sum / rows;
    }

    private double deviation(double[] of, int rows) {
      double mean = mean(of, rows);
      double sum = 0;
      for (int step = 0; step < rows; step++) {
        double off = value(of, -step) - mean;
        sum += off * off;
      }
      return Math.sqrt(sum / rows);
    }

    private static @Nullable String direction(double from, double to) {
      if (Double.isNaN(from) || Double.isNaN(to)) {
        return null;
      }
      return to > from ? "up" : "down";
    }

    /** No cell for what is not a number, such as a change from zero. */
    private static @Nullable String text(double value) {
      return Double.isFinite(value) ? Double.toString(value) : null;
    }
  }
}
