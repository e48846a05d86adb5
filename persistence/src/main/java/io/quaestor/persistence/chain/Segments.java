package io.quaestor.persistence.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of a chain directory's files: {@code chain-00000001.log} and so on, numbered from 1. */
public final class Segments {

  private static final Pattern NAME = Pattern.compile("chain-(\\d{8})\\.log");

  private Segments() {}

  public static String name(int number) {
    return String.format(Locale.ROOT, "chain-%08d.log", number);
  }

  public static Path file(Path directory, int number) {
    return directory.resolve(name(number));
  }

  /** Numbers of the segments in a directory, ascending; other files are not looked at. */
  public static List<Integer> list(Disk disk, Path directory) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (String name : disk.list(directory)) {
      Matcher matcher = NAME.matcher(name);
      if (matcher.matches()) {
        numbers.add(Integer.parseInt(matcher.group(1)));
      }
    }
    numbers.sort(null);
    return numbers;
  }
}
