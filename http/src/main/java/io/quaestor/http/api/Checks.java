package io.quaestor.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quaestor.http.server.ApiError;
import io.quaestor.kernel.catalog.CatalogRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks of single members; what fails is thrown with the member's name and its bounds. */
final class Checks {

  private Checks() {}

  static String name(String param, String value) {
    if (!CatalogRules.isName(value)) {
      throw ApiError.invalid(
              "invalid_value",
              param,
              "'%s' must be 1 to 128 letters, digits and . _ : @ -, and begin with a letter or a digit."
                  .formatted(param))
          .thrown();
    }
    return value;
  }

  static @Nullable String optionalName(String param, @Nullable String value) {
    return value == null ? null : name(param, value);
  }

  /** Free text; it is sealed as it is, so it must be text to every reader of JSON. */
  static @Nullable String text(String param, @Nullable String value, int most) {
    if (value == null) {
      return null;
    }
    if (value.length() > most) {
      throw ApiError.invalid(
              "out_of_range", param, "'%s' must have at most %d characters.".formatted(param, most))
          .thrown();
    }
    if (!UTF_8.newEncoder().canEncode(value)) {
      throw ApiError.invalid(
              "invalid_value", param, "'%s' holds half of a surrogate pair.".formatted(param))
          .thrown();
    }
    return value;
  }

  static @Nullable Integer bps(String param, @Nullable Integer value) {
    return range(param, value, 0, CatalogRules.BPS_MAX);
  }

  static @Nullable Integer range(String param, @Nullable Integer value, int least, int most) {
    if (value != null) {
      range(param, (long) value, least, most);
    }
    return value;
  }

  static @Nullable Long range(String param, @Nullable Long value, long least, long most) {
    if (value != null && (value < least || value > most)) {
      throw ApiError.invalid(
              "out_of_range",
              param,
              "'%s' must be %d to %d, got %d.".formatted(param, least, most, value))
          .thrown();
    }
    return value;
  }

  static long required(String param, @Nullable Long value) {
    if (value == null) {
      throw ApiError.invalid("missing_member", param, "Member '%s' is required.".formatted(param))
          .thrown();
    }
    return value;
  }

  static void names(String param, @Nullable List<String> names, int most) {
    if (names == null) {
      return;
    }
    tooLong(param, names, 0, most);
    for (int i = 0; i < names.size(); i++) {
      String each = names.get(i);
      name("%s[%d]".formatted(param, i), each == null ? "" : each);
    }
  }

  private static final double NUMBER_MAX = 1e9;

  static void numbers(String param, @Nullable List<Double> numbers, int least, int most) {
    if (numbers == null) {
      return;
    }
    tooLong(param, numbers, least, most);
    for (int i = 0; i < numbers.size(); i++) {
      Double number = numbers.get(i);
      if (number == null || !(Math.abs(number) <= NUMBER_MAX)) {
        String at = "%s[%d]".formatted(param, i);
        throw ApiError.invalid(
                "out_of_range", at, "'%s' must be a number from -10^9 to 10^9.".formatted(at))
            .thrown();
      }
    }
  }

  private static void tooLong(String param, List<?> list, int least, int most) {
    if (list.size() < least || list.size() > most) {
      throw ApiError.invalid(
              "out_of_range",
              param,
              least == most
                  ? "'%s' must have %d entries, got %d.".formatted(param, most, list.size())
                  : "'%s' must have %d to %d entries, got %d."
                      .formatted(param, least, most, list.size()))
          .thrown();
    }
  }
}
