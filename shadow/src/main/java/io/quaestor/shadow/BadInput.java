package io.quaestor.shadow;

import io.quaestor.http.cli.Printable;
import org.jspecify.annotations.Nullable;

/** A file or a setting that cannot be used; the message names the place and says what to do. */
public final class BadInput extends RuntimeException {

  private static final long serialVersionUID = 1;
  private static final int SHOWN_CHARS_MAX = 60;

  public BadInput(String message) {
    super(message);
  }

  public BadInput(String message, Throwable cause) {
    super(message, cause);
  }

  /** A value from a file, as it may stand in a message: short, and harmless to a terminal. */
  public static String shown(@Nullable Object value) {
    String text = String.valueOf(value);
    String part = text.length() > SHOWN_CHARS_MAX ? text.substring(0, SHOWN_CHARS_MAX) : text;
    return Printable.of(part) + (part.length() < text.length() ? "..." : "");
  }
}
