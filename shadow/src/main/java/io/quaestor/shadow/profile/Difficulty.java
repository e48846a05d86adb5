package io.quaestor.shadow.profile;

import io.quaestor.shadow.rows.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The predicted difficulty of a request, and where it comes from. */
public sealed interface Difficulty {

  int BPS_MAX = 10_000;

  /**
   * Looked up by the texts of one or more columns, joined by a slash; a text that the table does
   * not have gets the default.
   */
  record Table(List<String> columns, Map<String, Integer> bps, int otherwiseBps)
      implements Difficulty {}

  /** A column's number times {@code bpsPerUnit}, kept within 0 to 10,000. */
  record Column(String column, BigDecimal bpsPerUnit) implements Difficulty {}

  default int of(Row row) {
    return switch (this) {
      case Table table -> table.bps.getOrDefault(key(row, table.columns), table.otherwiseBps);
      case Column(String column, BigDecimal bpsPerUnit) ->
          BigDecimal.valueOf(row.real(column, Feature.MOST))
              .multiply(bpsPerUnit)
              .setScale(0, RoundingMode.HALF_UP)
              .max(BigDecimal.ZERO)
              .min(BigDecimal.valueOf(BPS_MAX))
              .intValueExact();
    };
  }

  private static String key(Row row, List<String> columns) {
    return columns.stream().map(row::text).collect(Collectors.joining("/"));
  }

  static Difficulty read(Settings settings) {
    Difficulty difficulty =
        settings.has("table")
            ? new Table(
                List.copyOf(settings.texts("column")),
                settings.table("table", it -> it.table().integer(it.name(), 0, BPS_MAX)),
                settings.integer("default", 0, BPS_MAX))
            : new Column(
                settings.text("column"),
                settings.decimal(
                    "bps_per_unit", BigDecimal.valueOf(-BPS_MAX), BigDecimal.valueOf(BPS_MAX), 6));
    settings.done();
    return difficulty;
  }
}
