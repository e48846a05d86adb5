package io.quaestor.shadow.profile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file with at most one {@code *}, which stands for the part that tells its half or
 * its day. The end {@code .gz} may be there or not.
 */
public record FilePattern(String text) {

  private static final String GZIP = ".gz";

  /** What stands for the star in this name (an empty text without a star), or null: no match. */
  @Nullable String half(String name) {
    String[] parts = plain(text).split("\\*", -1);
    String pattern =
        parts.length == 1
            ? Pattern.quote(parts[0]) + "()"
            : Pattern.quote(parts[0]) + "(.+)" + Pattern.quote(parts[1]);
    Matcher match = Pattern.compile(pattern).matcher(plain(name));
    return match.matches() ? match.group(1) : null;
  }

  /** The name with the star replaced. */
  String name(String half) {
    return text.replace("*", half);
  }

  static String plain(String name) {
    return name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
  }

  static FilePattern read(Settings settings, String name) {
    String text = settings.text(name);
    if (text.chars().filter(it -> it == '*').count() > 1 || text.contains("/")) {
      throw settings.bad(name, "must be the name of a file, with at most one '*'.");
    }
    return new FilePattern(text);
  }
}
