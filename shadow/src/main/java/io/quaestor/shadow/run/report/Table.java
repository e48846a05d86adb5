package io.quaestor.shadow.run.report;

import io.quaestor.shadow.contest.report.Paint;
import java.util.ArrayList;
import java.util.List;

/** Columns of text: the first one to the left, all others to the right, each as wide as needed. */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();
  private int lastOnes;

  Table(List<String> header) {
    rows.add(header);
  }

  void add(List<String> cells) {
    rows.add(cells);
  }

  /** A row that sums up those above. */
  void addTotal(List<String> cells) {
    rows.add(cells);
    lastOnes++;
  }

  String text(Paint paint) {
    int[] widths = widths();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      String line = line(rows.get(i), widths);
      boolean total = i >= rows.size() - lastOnes;
      text.append(i == 0 ? paint.dim(line) : total ? paint.bold(line) : line).append('\n');
    }
    return text.toString();
  }

  private int[] widths() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String space = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? cells.get(i) + space : "  " + space + cells.get(i));
    }
    return line.toString().stripTrailing();
  }
}
