package io.quaestor.chaos.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The segment files of a data directory, read with nothing but the description of the format. */
public final class ChainFiles {

  private static final String NO_HASH = "0".repeat(64);
  private static final Pattern BEGIN =
      Pattern.compile("\\{\"prev\":\"([0-9a-f]{64})\",\"seq\":([1-9][0-9]*),.*");
  private static final int BEGIN_BYTES = 120;

  private ChainFiles() {}

  /** The segments there are, in order. */
  public static List<Path> segments(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches("chain-\\d{8}\\.log"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes in all segments. */
  public static long size(Path directory) {
    return segments(directory).stream().mapToLong(segment -> segment.toFile().length()).sum();
  }

  /** All whole lines, in order. */
  public static List<Line> lines(Path directory) {
    List<Line> lines = new ArrayList<>();
    for (Path segment : segments(directory)) {
      lines.addAll(lines(segment, 0));
    }
    return lines;
  }

  /** The whole lines of a segment from an offset on. */
  static List<Line> lines(Path segment, long from) {
    byte[] bytes = read(segment);
    List<Line> lines = new ArrayList<>();
    int start = Math.toIntExact(from);
    for (int i = start; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(new Line(segment, start, Arrays.copyOfRange(bytes, start, i)));
        start = i + 1;
      }
    }
    return lines;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The number of the first record that is not what it must be; one more than the last record when
   * all are.
   */
  public static long firstBad(Path directory) {
    String head = NO_HASH;
    long good = 0;
    int number = 0;
    for (Path segment : segments(directory)) {
      number++;
      if (!segment.endsWith(String.format(Locale.ROOT, "chain-%08d.log", number))) {
        return good + 1;
      }
      long end = 0;
      for (Line line : lines(segment, 0)) {
        if (!follows(line, good, head)) {
          return good + 1;
        }
        good++;
        head = line.hash();
        end = line.offset() + line.length();
      }
      if (end < segment.toFile().length()) {
        return good + 1;
      }
    }
    return good + 1;
  }

  private static boolean follows(Line line, long last, String head) {
    byte[] json = line.json();
    if (!line.isLaidOut() || !Line.sha256(json).equals(line.hash())) {
      return false;
    }
    Matcher begin = BEGIN.matcher(new String(json, 0, Math.min(BEGIN_BYTES, json.length), UTF_8));
    return begin.matches()
        && begin.group(1).equals(head)
        && Long.parseLong(begin.group(2)) == last + 1;
  }
}
