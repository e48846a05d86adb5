package io.quaestor.http.server;

import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/**
 * Answers what is so malformed that no router ever sees it, in the same envelope as every other
 * error. Named in {@code pekko.http.server.parsing.error-handler}, which looks for a Scala object:
 * a class with a static {@code MODULE$}.
 */
public final class ParsingErrors extends ParsingErrorHandler {

  private static final int MESSAGE_LENGTH_MAX = 200;

  @SuppressWarnings("MemberName")
  public static final ParsingErrors MODULE$ = new ParsingErrors();

  private ParsingErrors() {}

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    return Responses.error(ApiError.of(status.intValue(), code(status.intValue()), message(error)));
  }

  private static String code(int status) {
    return switch (status) {
      case 413 -> "body_too_large";
      case 414 -> "uri_too_long";
      case 431 -> "headers_too_large";
      case 501 -> "unknown_method";
      case 505 -> "unsupported_http_version";
      default -> "invalid_http";
    };
  }

  /** Without the detail, which quotes what was sent. */
  private static String message(ErrorInfo error) {
    String summary = error.summary().isBlank() ? error.detail() : error.summary();
    String line = summary.lines().findFirst().orElse("");
    return "This is not an HTTP request that can be read: %s."
        .formatted(
            line.length() > MESSAGE_LENGTH_MAX ? line.substring(0, MESSAGE_LENGTH_MAX) : line);
  }
}
