package io.quaestor.http.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as the client sees it, in the OpenAI envelope {@code {"error":{"message", "type",
 * "param", "code", "metadata"}}}. {@code code} is stable; {@code message} says what to do.
 *
 * @param param the member, header or path part that is at fault
 * @param retryAfterSeconds set when the same call may succeed later
 */
public record ApiError(
    int status,
    String type,
    String code,
    String message,
    @Nullable String param,
    Map<String, Object> metadata,
    @Nullable Integer retryAfterSeconds) {

  private static final String INVALID_REQUEST = "invalid_request_error";

  public static ApiError invalid(String code, @Nullable String param, String message) {
    return new ApiError(400, INVALID_REQUEST, code, message, param, Map.of(), null);
  }

  public static ApiError notFound(String code, @Nullable String param, String message) {
    return new ApiError(404, INVALID_REQUEST, code, message, param, Map.of(), null);
  }

  public static ApiError conflict(String code, @Nullable String param, String message) {
    return new ApiError(409, "conflict_error", code, message, param, Map.of(), null);
  }

  public static ApiError unprocessable(String code, @Nullable String param, String message) {
    return new ApiError(422, INVALID_REQUEST, code, message, param, Map.of(), null);
  }

  public static ApiError of(int status, String code, String message) {
    return new ApiError(status, INVALID_REQUEST, code, message, null, Map.of(), null);
  }

  /** The call was not done, and the same call may be repeated after a while. */
  public static ApiError unavailable(String code, String message, int retryAfterSeconds) {
    return new ApiError(
        503, "service_unavailable", code, message, null, Map.of(), retryAfterSeconds);
  }

  public static ApiError internal() {
    return new ApiError(
        500,
        "server_error",
        "internal_error",
        "An unexpected error occurred; the server's log has the details.",
        null,
        Map.of(),
        null);
  }

  public ApiError with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(metadata);
    more.put(name, value);
    return new ApiError(status, type, code, message, param, more, retryAfterSeconds);
  }

  /** Carries an error out of the middle of a handler. */
  public static final class Thrown extends RuntimeException {
    private final transient ApiError error;

    public Thrown(ApiError error) {
      super(error.code() + ": " + error.message(), null, false, false);
      this.error = error;
    }

    public ApiError error() {
      return error;
    }
  }

  public Thrown thrown() {
    return new Thrown(this);
  }
}
