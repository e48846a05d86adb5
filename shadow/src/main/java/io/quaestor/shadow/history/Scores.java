package io.quaestor.shadow.history;

import io.quaestor.shadow.profile.Positive;
import io.quaestor.shadow.rows.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scores as bps of the highest one, and what a candidate's prediction says. */
final class Scores {

  private static final BigDecimal BPS = BigDecimal.valueOf(10_000);

  private Scores() {}

  /** The mean of the columns; unknown when one of them is empty. */
  static int bps(Row row, List<String> columns, BigDecimal scoreMax) {
    BigDecimal sum = BigDecimal.ZERO;
    for (String column : columns) {
      if (row.optional(column) == null) {
        return Result.UNKNOWN;
      }
      sum = sum.add(row.number(column, BigDecimal.ZERO, scoreMax));
    }
    return sum.multiply(BPS)
        .divide(scoreMax.multiply(BigDecimal.valueOf(columns.size())), 0, RoundingMode.HALF_UP)
        .intValueExact();
  }

  static boolean flagged(Row row, @Nullable String prediction, @Nullable Positive positive) {
    return prediction != null && positive != null && positive.is(row.text(prediction));
  }
}
