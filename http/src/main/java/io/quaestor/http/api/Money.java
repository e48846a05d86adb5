package io.quaestor.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quaestor.http.server.ApiError;
import io.quaestor.kernel.event.Budget;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Money in JSON: an integer of microcents for machines, a decimal string of USD for people. */
final class Money {

  private static final int USD_DECIMALS = 8; // 1 USD = 100 cents = 100,000,000 microcents
  private static final int USD_DECIMALS_SHOWN_MIN = 2;

  /** At most 9 digits before the point, at most 8 behind it: always within 64 bits. */
  private static final Pattern USD = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,8})?");

  private Money() {}

  /** Decimal USD without trailing zeros, but with at least two decimals. */
  static String usd(long microcents) {
    BigDecimal exact = BigDecimal.valueOf(microcents, USD_DECIMALS).stripTrailingZeros();
    return (exact.scale() < USD_DECIMALS_SHOWN_MIN ? exact.setScale(USD_DECIMALS_SHOWN_MIN) : exact)
        .toPlainString();
  }

  static long microcents(String param, String usd) {
    if (!USD.matcher(usd).matches()) {
      throw ApiError.invalid(
              "invalid_value",
              param,
              "'%s' must be a decimal string of USD with at most 8 decimals, like \"0.15\"."
                  .formatted(param))
          .thrown();
    }
    return new BigDecimal(usd).movePointRight(USD_DECIMALS).longValueExact();
  }

  /** Writes {@code <name>_microcents} and {@code <name>_usd}. */
  static void write(JsonGenerator out, String name, long microcents) throws IOException {
    out.writeNumberField(name + "_microcents", microcents);
    out.writeStringField(name + "_usd", usd(microcents));
  }

  static void write(JsonGenerator out, Budget budget) throws IOException {
    out.writeObjectFieldStart("budget");
    members(out, budget);
    out.writeEndObject();
  }

  static void members(JsonGenerator out, Budget budget) throws IOException {
    out.writeNumberField("initial_microcents", budget.initialMicrocents());
    out.writeNumberField("remaining_microcents", budget.remainingMicrocents());
    out.writeNumberField("reserved_microcents", budget.reservedMicrocents());
    out.writeNumberField("committed_microcents", budget.committedMicrocents());
    out.writeStringField("remaining_usd", usd(budget.remainingMicrocents()));
  }
}
