package io.quaestor.shadow.history;

import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.Progress;
import io.quaestor.shadow.profile.Profile;
import io.quaestor.shadow.profile.Source;
import io.quaestor.shadow.rows.Row;
import io.quaestor.shadow.rows.Rows;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a profile's source: joined, filtered, with their derived columns. */
final class Input implements Closeable {

  private final Source source;
  private final Rows rows;
  private final Map<String, Row> joined;
  private long left;

  private Input(Source source, Rows rows, Map<String, Row> joined) {
    this.source = source;
    this.rows = rows;
    this.joined = joined;
  }

  static Input open(Profile profile, Path file, Progress progress, List<String> notes) {
    Source source = profile.source();
    Source.Join join = source.join();
    Map<String, Row> joined =
        join == null ? Map.of() : joined(join, source.beside(file, join), progress);
    Rows rows = Rows.open(file, source.files().text(), source.columns(), progress);
    return new Input(
        source,
        source.derived().isEmpty() ? rows : DerivedRows.of(rows, source.derived(), notes),
        joined);
  }

  private static Map<String, Row> joined(Source.Join join, Path file, Progress progress) {
    Map<String, Row> byKey = new HashMap<>();
    try (Rows rows = Rows.open(file, join.files().text(), List.of(), progress)) {
      for (Row row = rows.next(); row != null; row = rows.next()) {
        String key = row.text(join.by());
        Row before = byKey.putIfAbsent(key, row);
        if (before != null) {
          throw row.bad(
              join.by(),
              "'%s' is there a second time; first in %s."
                  .formatted(BadInput.shown(key), before.place()));
        }
      }
    }
    return byKey;
  }

  /** The next row that is not left out, or null behind the last one. */
  @Nullable Row next() {
    for (Row row = rows.next(); row != null; row = rows.next()) {
      Row whole = joined(row);
      if (source.leaveOut().stream().noneMatch(it -> it.matches(whole))) {
        return whole;
      }
      left++;
    }
    return null;
  }

  private Row joined(Row row) {
    Source.Join join = source.join();
    if (join == null) {
      return row;
    }
    String key = row.text(join.by());
    Row other = joined.get(key);
    if (other == null) {
      throw row.bad(
          join.by(),
          "'%s' has no row in the joined file %s."
              .formatted(BadInput.shown(key), join.files().text()));
    }
    return row.joined(other);
  }

  /** Says how many rows the profile left out. */
  void count(List<String> notes) {
    if (left > 0) {
      notes.add("%,d rows are left out, as the profile says (leave_out).".formatted(left));
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
