package io.quaestor.http.api;

import io.quaestor.persistence.merkle.Tile;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tile path names a part of the log as C2SP tlog-tiles does: {@code <L>/<N>[.p/<W>]}, or {@code
 * entries/<N>[.p/<W>]}, with N in groups of three digits of which all but the last begin with x.
 *
 * @param entries whether the records themselves are asked for, and not their hashes
 */
record TilePath(boolean entries, Tile tile) {

  private static final Pattern FORM =
      Pattern.compile("(entries|0|[1-9]\\d?)/((?:x\\d{3}/){0,5})(\\d{3})(?:\\.p/([1-9]\\d{0,2}))?");

  static Optional<TilePath> parse(String path) {
    Matcher parts = FORM.matcher(path);
    if (!parts.matches()) {
      return Optional.empty();
    }
    boolean entries = parts.group(1).equals("entries");
    int level = entries ? 0 : Integer.parseInt(parts.group(1));
    String digits = parts.group(2).replace("x", "").replace("/", "") + parts.group(3);
    int width = parts.group(4) == null ? Tile.WIDTH : Integer.parseInt(parts.group(4));
    boolean partial = parts.group(4) != null;
    boolean padded = digits.length() > 3 && digits.startsWith("000");
    if (level > Tile.LEVEL_MAX || padded || (partial && width >= Tile.WIDTH)) {
      return Optional.empty();
    }
    return Optional.of(new TilePath(entries, new Tile(level, Long.parseLong(digits), width)));
  }
}
