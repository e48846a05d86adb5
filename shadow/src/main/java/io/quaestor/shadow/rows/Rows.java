package io.quaestor.shadow.rows;

import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.Progress;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a file, in their order. */
public interface Rows extends Closeable {

  /** The next row, or null behind the last one. */
  @Nullable Row next();

  @Override
  void close();

  /** The formats that can be read, each plain or gzip. */
  enum Format {
    CSV(".csv"),
    JSONL(".jsonl");

    private final String suffix;

    Format(String suffix) {
      this.suffix = suffix;
    }

    /** The format that a file's name tells, or null. */
    static @Nullable Format of(String name) {
      String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
      for (Format format : values()) {
        if (plain.endsWith(format.suffix)) {
          return format;
        }
      }
      return null;
    }
  }

  /**
   * @param file plain or gzip; a name that tells no format is read as {@code like} tells it
   * @param like a name or a pattern of the file as it is usually called
   * @param columns the names of the columns of a CSV file that has no header; else empty
   * @throws BadInput when the file cannot be read, or holds no row at all
   */
  static Rows open(Path file, String like, List<String> columns, Progress progress) {
    Format format = Format.of(file.toString());
    format = format == null ? Format.of(like) : format;
    if (format == null) {
      throw new BadInput(
          "%s: the name must end in .csv, .jsonl, .csv.gz or .jsonl.gz.".formatted(file));
    }
    Lines lines = Lines.open(file, progress);
    return switch (format) {
      case CSV -> new CsvRows(lines, columns);
      case JSONL -> new JsonRows(lines);
    };
  }
}
