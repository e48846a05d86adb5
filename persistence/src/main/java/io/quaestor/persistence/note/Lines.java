package io.quaestor.persistence.note;

import java.util.List;
import java.util.Optional;

/** Lines of a text, each ended by LF. */
public final class Lines {

  private Lines() {}

  /** The lines without their ends; empty when the last has none, or when there are too many. */
  public static Optional<List<String>> of(String text, int linesMax) {
    if (!text.endsWith("\n")) {
      return Optional.empty();
    }
    // One more than allowed, so that a text of nothing but line ends costs nothing.
    String[] lines = text.substring(0, text.length() - 1).split("\n", linesMax + 1);
    return lines.length > linesMax ? Optional.empty() : Optional.of(List.of(lines));
  }
}
