package io.quaestor.shadow.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import io.quaestor.shadow.BadInput;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CSV as in RFC 4180, with a header unless the columns are given. */
final class CsvRows implements Rows {

  private static final CsvFactory FACTORY = new CsvFactory();

  private final Lines lines;
  private final JsonParser parser;
  private final Map<String, Integer> index = new LinkedHashMap<>();

  /** Of the row that was read last; the parser then is a line ahead. */
  private long line;

  CsvRows(Lines lines, List<String> columns) {
    this.lines = lines;
    try {
      this.parser = FACTORY.createParser(new LineByLine(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    header(columns);
  }

  private void header(List<String> given) {
    List<String> names = given.isEmpty() ? read() : given;
    if (names == null) {
      throw lines.empty();
    }
    for (String name : names) {
      if (name.isBlank()) {
        throw bad("a column has no name; the first line must name every column.");
      }
      if (index.putIfAbsent(name, index.size()) != null) {
        throw bad("column '%s' is there twice.".formatted(BadInput.shown(name)));
      }
    }
  }

  @Override
  public @Nullable Row next() {
    List<String> texts = read();
    if (texts == null) {
      return null;
    }
    if (texts.size() != index.size()) {
      throw bad("has %d cells, but there are %d columns.".formatted(texts.size(), index.size()));
    }
    return new Row("%s, line %d".formatted(lines.file(), line), new Row.Indexed(index, texts));
  }

  private @Nullable List<String> read() {
    try {
      if (parser.nextToken() == null) {
        return null;
      }
      List<String> texts = new ArrayList<>(Math.max(1, index.size()));
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        texts.add(parser.getText());
        line = lines.number();
      }
      return texts;
    } catch (JsonProcessingException e) {
      throw lines.bad("is not valid CSV (%s).".formatted(e.getOriginalMessage().strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BadInput bad(String message) {
    return new BadInput("%s, line %d: %s".formatted(lines.file(), line, message));
  }

  @Override
  public void close() {
    lines.close();
  }

  /** Hands out one line at a time, so that the parser is never far ahead of a row. */
  private static final class LineByLine extends Reader {
    private final Lines lines;
    private String line = "";
    private int from;
    private boolean quoted;

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
        begin(next);
      }
      int count = Math.min(length, line.length() - from);
      line.getChars(from, from + count, target, offset);
      from += count;
      return count;
    }

    /** An empty line is a fault, unless it stands within quotes. */
    private void begin(String next) {
      if (!quoted && next.isBlank()) {
        throw lines.bad("the line is empty; take it out.");
      }
      if (next.indexOf('"') >= 0) {
        quoted ^= next.chars().filter(it -> it == '"').count() % 2 == 1;
      }
      line = next + '\n';
      from = 0;
    }

    @Override
    public void close() {
      lines.close();
    }
  }
}
