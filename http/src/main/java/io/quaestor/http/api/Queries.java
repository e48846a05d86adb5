package io.quaestor.http.api;

import io.quaestor.http.server.ApiError;
import io.quaestor.http.server.Call;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers in a call's query. */
final class Queries {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private Queries() {}

  /** A whole number from {@code least} on; empty when it is not in the query. */
  static Optional<Long> number(Call call, String name, long least) {
    return call.query(name)
        .map(
            text -> {
              if (!NUMBER.matcher(text).matches() || Long.parseLong(text) < least) {
                throw ApiError.invalid(
                        "out_of_range",
                        name,
                        "'%s' must be a whole number from %d on, got '%s'."
                            .formatted(name, least, text))
                    .thrown();
              }
              return Long.parseLong(text);
            });
  }

  static long required(Call call, String name, long least) {
    return number(call, name, least)
        .orElseThrow(
            () ->
                ApiError.invalid("missing_member", name, "'%s' is required.".formatted(name))
                    .thrown());
  }
}
