package io.quaestor.shadow.profile;

import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.rows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows come from.
 *
 * @param columns names of the columns of a CSV file without a header; else empty
 */
public record Source(
    FilePattern files,
    @Nullable Join join,
    List<String> columns,
    List<Filter> leaveOut,
    List<Derived> derived,
    Order order) {

  /** A second file, with one row for each request. */
  public record Join(FilePattern files, String by) {}

  /** Rows to leave out. */
  public record Filter(String column, Set<String> is) {

    public boolean matches(Row row) {
      String text = row.optional(column);
      return text != null && is.contains(text);
    }
  }

  /** Whether the file's order is the stream's, or means nothing. */
  public enum Order {
    FILE,
    SHUFFLED
  }

  static Source read(Settings settings) {
    Source source =
        new Source(
            FilePattern.read(settings, "files"),
            settings.has("join") ? join(settings.section("join")) : null,
            settings.textsOrNone("columns"),
            settings.list("leave_out").stream().map(Source::filter).toList(),
            Derived.readAll(settings, "derived"),
            settings.oneOf("order", Order.values(), Order.SHUFFLED));
    settings.done();
    return source;
  }

  private static Join join(Settings settings) {
    Join join = new Join(FilePattern.read(settings, "files"), settings.text("by"));
    settings.done();
    return join;
  }

  private static Filter filter(Settings settings) {
    Filter filter = new Filter(settings.text("column"), Set.copyOf(settings.texts("is")));
    settings.done();
    return filter;
  }

  /** The one file in a folder that is called like this, whichever its half. */
  public Optional<Path> find(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new BadInput("There is no folder %s.".formatted(directory));
    }
    try (Stream<Path> entries = Files.list(directory)) {
      List<Path> found =
          entries
              .filter(Files::isRegularFile)
              .filter(it -> files.half(String.valueOf(it.getFileName())) != null)
              .sorted()
              .toList();
      if (found.size() > 1) {
        throw new BadInput(
            "There are several files %s in %s: %s; leave one there, or name the file."
                .formatted(
                    files.text(), directory, found.stream().map(Path::getFileName).toList()));
      }
      return found.stream().findFirst();
    } catch (IOException e) {
      throw new BadInput("The folder %s cannot be read: %s.".formatted(directory, e), e);
    }
  }

  /** The second file, which lies beside the first one and has the same half in its name. */
  public Path beside(Path file, Join join) {
    String half = files.half(String.valueOf(file.getFileName()));
    if (half == null) {
      throw new BadInput(
          "%s must be called like %s, so that the file %s can be found beside it."
              .formatted(file, files.text(), join.files.text()));
    }
    String name = join.files.name(half);
    Path plain = file.resolveSibling(FilePattern.plain(name));
    Path found = Files.exists(plain) ? plain : file.resolveSibling(name);
    if (!Files.isRegularFile(found)) {
      throw new BadInput(
          "There is no file %s; the profile joins it with %s."
              .formatted(found, file.getFileName()));
    }
    return found;
  }
}
