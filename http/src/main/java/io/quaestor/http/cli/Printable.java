package io.quaestor.http.cli;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person can be shown of a text from a file. A forged one may hold codes that move a
 * terminal's cursor, or that turn the direction of what is read.
 */
public final class Printable {

  /** Controls (C0 and C1), invisible format characters, and separators of lines. */
  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private Printable() {}

  public static String of(@Nullable Object text) {
    return HIDDEN.matcher(String.valueOf(text)).replaceAll("?");
  }
}
