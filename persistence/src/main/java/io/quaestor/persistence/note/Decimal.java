package io.quaestor.persistence.note;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** A number from zero to 2^63 - 1 in ASCII digits without leading zeros. */
public final class Decimal {

  private static final Pattern FORM = Pattern.compile("0|[1-9][0-9]{0,18}");

  private Decimal() {}

  /** The number; empty when the text is not one, or is too large. */
  public static OptionalLong parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
