package io.quaestor.shadow.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.quaestor.shadow.BadInput;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CSV as in RFC 4180, with a header unless the columns are given. */
final class CsvRows implements Rows {

  private static final CsvMapper MAPPER = new CsvMapper();

  private final Lines lines;
  private final MappingIterator<String[]> rows;
  private final Map<String, Integer> index = new LinkedHashMap<>();

  CsvRows(Lines lines, List<String> columns) {
    this.lines = lines;
    try {
      this.rows =
          MAPPER
              .readerFor(String[].class)
              .with(CsvParser.Feature.WRAP_AS_ARRAY)
              .readValues(new LineByLine(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    header(columns);
  }

  private void header(List<String> given) {
    List<String> names = given;
    if (given.isEmpty()) {
      String[] first = read();
      if (first == null) {
        throw lines.empty();
      }
      names = List.of(first);
    }
    for (String name : names) {
      if (name.isBlank()) {
        throw lines.bad("a column has no name; the first line must name every column.");
      }
      if (index.putIfAbsent(name, index.size()) != null) {
        throw lines.bad("column '%s' is there twice.".formatted(BadInput.shown(name)));
      }
    }
  }

  @Override
  public @Nullable Row next() {
    String[] texts = read();
    if (texts == null) {
      return null;
    }
    if (texts.length == 1 && texts[0].isBlank()) {
      throw lines.bad("the line is empty; take it out.");
    }
    if (texts.length != index.size()) {
      throw lines.bad(
          "has %d cells, but there are %d columns.".formatted(texts.length, index.size()));
    }
    return new Row(
        "%s, line %d".formatted(lines.file(), lines.number()),
        new Row.Indexed(index, Arrays.asList(texts)));
  }

  private String @Nullable [] read() {
    try {
      return rows.hasNextValue() ? rows.nextValue() : null;
    } catch (JsonProcessingException e) {
      throw lines.bad("is not valid CSV (%s).".formatted(e.getOriginalMessage().strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    lines.close();
  }

  /** Hands out one line at a time, so that the parser is never ahead of the line that is named. */
  private static final class LineByLine extends Reader {
    private final Lines lines;
    private String line = "";
    private int from;

    LineByLine(Lines lines) {
      this.lines = lines;
    }

    @Override
    public int read(char[] target, int offset, int length) {
      if (from == line.length()) {
        String next = lines.next();
        if (next == null) {
          return -1;
        }
        line = next + '\n';
        from = 0;
      }
      int count = Math.min(length, line.length() - from);
      line.getChars(from, from + count, target, offset);
      from += count;
      return count;
    }

    @Override
    public void close() {
      lines.close();
    }
  }
}
