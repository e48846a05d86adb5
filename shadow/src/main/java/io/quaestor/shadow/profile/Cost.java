package io.quaestor.shadow.profile;

import io.quaestor.kernel.event.Price;
import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.rows.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What a candidate's answer really cost, and where that comes from. */
public sealed interface Cost {

  BigDecimal UNITS_MAX = BigDecimal.valueOf(1_000_000);
  int MICROCENT_DECIMALS = 8; // 1 USD = 10^8 microcents

  /** A column of money, with what its unit is worth in USD. */
  record Column(String column, BigDecimal usd) implements Cost {}

  /** Tokens times the candidate's price in the catalog; null: the tokens of the request. */
  record Tokens(@Nullable Amount input, @Nullable Amount output) implements Cost {}

  /** In microcents; a fraction is rounded up, as the kernel does. */
  default long of(Row row, Price price, long inputTokens, long outputTokens) {
    return switch (this) {
      case Column(String column, BigDecimal usd) ->
          row.number(column, BigDecimal.ZERO, UNITS_MAX)
              .multiply(usd)
              .movePointRight(MICROCENT_DECIMALS)
              .setScale(0, RoundingMode.CEILING)
              .longValueExact();
      case Tokens(@Nullable Amount input, @Nullable Amount output) ->
          priced(
              row,
              price,
              input == null ? inputTokens : input.of(row),
              output == null ? outputTokens : output.of(row));
    };
  }

  private static long priced(Row row, Price price, long inputTokens, long outputTokens) {
    try {
      return price.cost(inputTokens, outputTokens);
    } catch (ArithmeticException e) {
      throw new BadInput(
          "%s: %d and %d tokens at %s cost more than 64 bits of microcents hold."
              .formatted(row.place(), inputTokens, outputTokens, price),
          e);
    }
  }

  static Cost read(Settings parent, String name) {
    if (!parent.has(name)) {
      return new Tokens(null, null);
    }
    Settings settings = parent.section(name);
    Cost cost =
        settings.has("column")
            ? new Column(
                settings.text("column"),
                settings.has("usd")
                    ? settings.decimal(
                        "usd", new BigDecimal("0.00000001"), BigDecimal.valueOf(1_000), 8)
                    : BigDecimal.ONE)
            : new Tokens(amount(settings, "input_tokens"), amount(settings, "output_tokens"));
    settings.done();
    return cost;
  }

  private static @Nullable Amount amount(Settings settings, String name) {
    return settings.has(name) ? Amount.read(settings, name) : null;
  }
}
