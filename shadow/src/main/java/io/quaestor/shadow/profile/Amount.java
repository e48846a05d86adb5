package io.quaestor.shadow.profile;

import io.quaestor.shadow.rows.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A number of tokens, and where it comes from. */
public sealed interface Amount {

  long TOKENS_MAX = 1_000_000_000; // as a route call has it
  BigDecimal UNITS_MAX = BigDecimal.valueOf(TOKENS_MAX);
  int PER_DECIMALS = 3;

  record Constant(long tokens) implements Amount {}

  /** A column's number, divided and rounded up. */
  record Column(String column, BigDecimal per) implements Amount {}

  /** The characters of a column's text, divided and rounded up: about 4 make a token. */
  record Characters(String column, BigDecimal per) implements Amount {}

  default long of(Row row) {
    return switch (this) {
      case Constant constant -> constant.tokens;
      case Column(String column, BigDecimal per) ->
          tokens(row.number(column, BigDecimal.ZERO, UNITS_MAX), per);
      case Characters(String column, BigDecimal per) -> {
        String text = row.text(column);
        yield tokens(BigDecimal.valueOf(text.codePointCount(0, text.length())), per);
      }
    };
  }

  private static long tokens(BigDecimal units, BigDecimal per) {
    BigDecimal tokens = units.divide(per, 0, RoundingMode.CEILING);
    return Math.min(TOKENS_MAX, tokens.longValue());
  }

  static Amount read(Settings parent, String name) {
    if (!parent.isObject(name)) {
      return new Constant(parent.integer(name, 0, (int) TOKENS_MAX));
    }
    Settings settings = parent.section(name);
    Amount amount =
        settings.has("characters_of")
            ? new Characters(settings.text("characters_of"), per(settings, 4))
            : new Column(settings.text("column"), per(settings, 1));
    settings.done();
    return amount;
  }

  private static BigDecimal per(Settings settings, int otherwise) {
    return settings.has("per")
        ? settings.decimal("per", new BigDecimal("0.001"), UNITS_MAX, PER_DECIMALS)
        : BigDecimal.valueOf(otherwise);
  }
}
