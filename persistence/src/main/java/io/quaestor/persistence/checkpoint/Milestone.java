package io.quaestor.persistence.checkpoint;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of milestones: checkpoints that are kept although there are newer ones. */
public final class Milestone {

  /** The form of every name. */
  static final String FORM = "(?:chain|key)-\\d{8}";

  private static final Pattern SEGMENT = Pattern.compile("chain-(\\d{8})");

  private Milestone() {}

  /** The first checkpoint that covers a segment whole. */
  public static String ofSegment(int segment) {
    return String.format(Locale.ROOT, "chain-%08d", segment);
  }

  /** The checkpoint by which one key hands over to the next, the {@code number}-th. */
  public static String ofKey(int number) {
    return String.format(Locale.ROOT, "key-%08d", number);
  }

  /** The last segment that one of the milestones is of; 0 for none. */
  public static int lastSegment(Set<String> names) {
    return names.stream()
        .map(SEGMENT::matcher)
        .filter(Matcher::matches)
        .mapToInt(name -> Integer.parseInt(name.group(1)))
        .max()
        .orElse(0);
  }
}
