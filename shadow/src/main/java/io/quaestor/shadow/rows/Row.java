package io.quaestor.shadow.rows;

import io.quaestor.shadow.BadInput;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row is one record of a file: texts by the names of their columns. A cell is read when it is
 * asked for, and what is wrong with it is said with its place.
 */
public final class Row {

  /** Numbers of a sane length, so that no text of a few bytes becomes a number of gigabytes. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]{1,30}(\\.[0-9]{0,60})?|\\.[0-9]{1,60})([eE][+-]?[0-9]{1,3})?");

  private static final int REAL_LENGTH_MAX = 64;

  /** Where a row keeps its cells; an empty cell is null or an empty text. */
  interface Cells {
    boolean has(String column);

    @Nullable String get(String column);

    Collection<String> columns();
  }

  private final String place;
  private final Cells cells;

  Row(String place, Cells cells) {
    this.place = place;
    this.cells = cells;
  }

  /** As in {@code mmlu.jsonl, line 7}. */
  public String place() {
    return place;
  }

  public boolean has(String column) {
    return cells.has(column);
  }

  /** The text of a cell, or null when the cell is empty; a column that is not there is an error. */
  public @Nullable String optional(String column) {
    if (!cells.has(column)) {
      throw new BadInput(
          "%s: column '%s' is missing; there are: %s."
              .formatted(place, column, BadInput.shown(String.join(", ", cells.columns()))));
    }
    String text = cells.get(column);
    return text == null || text.isEmpty() ? null : text;
  }

  public String text(String column) {
    String text = optional(column);
    if (text == null) {
      throw bad(column, "must not be empty.");
    }
    return text;
  }

  /** A number within bounds. */
  public BigDecimal number(String column, BigDecimal least, BigDecimal most) {
    String text = text(column);
    if (NUMBER.matcher(text).matches()) {
      BigDecimal number = new BigDecimal(text);
      if (number.compareTo(least) >= 0 && number.compareTo(most) <= 0) {
        return number;
      }
    }
    throw bad(
        column,
        "must be a number from %s to %s, got '%s'."
            .formatted(least.toPlainString(), most.toPlainString(), BadInput.shown(text)));
  }

  /**
   * A number within bounds, as near as a double comes to it; histories have millions of these, so
   * this is the quick way.
   */
  public double real(String column, double most) {
    String text = text(column);
    if (text.length() <= REAL_LENGTH_MAX && isOfNumber(text)) {
      try {
        double number = Double.parseDouble(text);
        if (Math.abs(number) <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, like a number out of bounds.
      }
    }
    throw bad(
        column,
        "must be a number from %s to %s, got '%s'."
            .formatted(
                BigDecimal.valueOf(-most).toPlainString(),
                BigDecimal.valueOf(most).toPlainString(),
                BadInput.shown(text)));
  }

  /** Java would take more for a number, such as {@code NaN} and {@code 0x1p3}. */
  private static boolean isOfNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      boolean digit = each >= '0' && each <= '9';
      if (!digit && each != '.' && each != '-' && each != '+' && each != 'e' && each != 'E') {
        return false;
      }
    }
    return true;
  }

  public BadInput bad(String column, String message) {
    return new BadInput("%s, column '%s': %s".formatted(place, column, message));
  }

  /** This row, and behind it the columns of another that this one does not have itself. */
  public Row joined(Row other) {
    return new Row(place, new Joined(cells, other.cells));
  }

  /** This row and further cells. */
  public Row with(Map<String, String> more) {
    return new Row(place, new Joined(new Named(more), cells));
  }

  /** Cells of a CSV row; all rows of a file share the index. */
  record Indexed(Map<String, Integer> index, List<String> texts) implements Cells {
    @Override
    public boolean has(String column) {
      return index.containsKey(column);
    }

    @Override
    public @Nullable String get(String column) {
      Integer at = index.get(column);
      return at == null ? null : texts.get(at);
    }

    @Override
    public Collection<String> columns() {
      return index.keySet();
    }
  }

  /** Cells by name, as JSON has them. */
  record Named(Map<String, String> texts) implements Cells {
    @Override
    public boolean has(String column) {
      return texts.containsKey(column);
    }

    @Override
    public @Nullable String get(String column) {
      return texts.get(column);
    }

    @Override
    public Collection<String> columns() {
      return texts.keySet();
    }
  }

  private record Joined(Cells first, Cells second) implements Cells {
    @Override
    public boolean has(String column) {
      return first.has(column) || second.has(column);
    }

    @Override
    public @Nullable String get(String column) {
      return first.has(column) ? first.get(column) : second.get(column);
    }

    @Override
    public Collection<String> columns() {
      List<String> all = new ArrayList<>(first.columns());
      second.columns().stream().filter(it -> !first.has(it)).forEach(all::add);
      return all;
    }
  }
}
