package io.quaestor.http.server;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which media type a client would rather have, by the ranges of its {@code Accept} headers (RFC
 * 9110, 12.5.1): the most specific range that matches a type gives its weight.
 */
final class Negotiation {

  /** A range such as {@code text/*} with its weight {@code q}, from 0 (not at all) to 1. */
  private record Range(String type, double weight) {

    static Range parse(String text) {
      String[] parts = text.split(";", -1);
      double weight =
          Arrays.stream(parts)
              .skip(1)
              .map(parameter -> parameter.replace(" ", "").toLowerCase(Locale.ROOT))
              .filter(parameter -> parameter.startsWith("q="))
              .mapToDouble(parameter -> weight(parameter.substring(2)))
              .findFirst()
              .orElse(1);
      return new Range(parts[0].strip().toLowerCase(Locale.ROOT), weight);
    }

    /** What cannot be read is not asked for. */
    private static double weight(String text) {
      try {
        double weight = Double.parseDouble(text);
        return weight >= 0 && weight <= 1 ? weight : 0;
      } catch (NumberFormatException e) {
        return 0;
      }
    }
  }

  private final List<Range> ranges;

  private Negotiation(List<Range> ranges) {
    this.ranges = ranges;
  }

  /**
   * @param accepts the values of all {@code Accept} headers; none: anything will do
   */
  static Negotiation of(List<String> accepts) {
    return new Negotiation(
        accepts.stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .filter(range -> !range.isBlank())
            .map(Range::parse)
            .toList());
  }

  /** Whether the one type has more weight than the other, which is sent otherwise. */
  boolean prefers(String wanted, String otherwise) {
    return weight(wanted) > weight(otherwise);
  }

  private double weight(String mediaType) {
    String family = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
    return Stream.of(mediaType, family, "*/*")
        .flatMap(type -> ranges.stream().filter(range -> range.type().equals(type)))
        .findFirst()
        .map(Range::weight)
        .orElse(0.0);
  }
}
