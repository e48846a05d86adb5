package io.quaestor.shadow.contest.report;

/** Breaks text at spaces. */
final class Words {

  private Words() {}

  /** Lines of at most so many columns, each but the first indented; the first begins there, too. */
  static String wrap(String text, int columnsMax, int indent) {
    StringBuilder wrapped = new StringBuilder();
    int column = indent;
    for (String word : text.split(" ", -1)) {
      if (column > indent && column + 1 + word.length() > columnsMax) {
        wrapped.append('\n').append(" ".repeat(indent));
        column = indent;
      } else if (column > indent) {
        wrapped.append(' ');
        column++;
      }
      wrapped.append(word);
      column += word.length();
    }
    return wrapped.toString();
  }
}
