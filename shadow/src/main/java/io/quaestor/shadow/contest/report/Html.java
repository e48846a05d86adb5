package io.quaestor.shadow.contest.report;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of a page that is HTML and well-formed XML at once. */
final class Html {

  private Html() {}

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints().forEach(c -> escaped.append(escape(c)));
    return escaped.toString();
  }

  private static String escape(int c) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '"' -> "&quot;";
      // Neither in HTML nor in XML is there a place for these.
      default -> Character.isISOControl(c) ? "?" : Character.toString(c);
    };
  }

  static String element(String name, String text) {
    return "<" + name + ">" + escape(text) + "</" + name + ">\n";
  }

  /** Cells are text; the first of each row is its heading. */
  static String table(List<String> header, List<List<String>> rows) {
    return "<table>\n<tr>"
        + header.stream().map(cell -> "<th>" + escape(cell) + "</th>").collect(Collectors.joining())
        + "</tr>\n"
        + rows.stream().map(Html::row).collect(Collectors.joining())
        + "</table>\n";
  }

  private static String row(List<String> cells) {
    String style = cells.getFirst().equals(Verdict.JUDGED) ? " class=\"judged\"" : "";
    return "<tr"
        + style
        + "><th>"
        + escape(cells.getFirst())
        + "</th>"
        + cells.stream()
            .skip(1)
            .map(cell -> "<td>" + escape(cell) + "</td>")
            .collect(Collectors.joining())
        + "</tr>\n";
  }
}
