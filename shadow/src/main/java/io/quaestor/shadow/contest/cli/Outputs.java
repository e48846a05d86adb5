package io.quaestor.shadow.contest.cli;

import io.quaestor.shadow.contest.ContestResult;
import io.quaestor.shadow.contest.report.JsonLines;
import io.quaestor.shadow.contest.report.PageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that were asked for; all of them are opened before any work begins. */
final class Outputs implements AutoCloseable {

  static final String PAGE = "learning.html";

  private final @Nullable OutputFile json;
  private final @Nullable OutputFile page;
  private final List<Path> written = new ArrayList<>();
  private final @Nullable Path jsonPath;
  private final @Nullable Path pagePath;

  private Outputs(@Nullable Path jsonPath, @Nullable Path pagePath) throws Unwritable {
    this.jsonPath = jsonPath;
    this.pagePath = pagePath;
    json = jsonPath == null ? null : OutputFile.open(jsonPath);
    page = pagePath == null ? null : OutputFile.open(pagePath);
  }

  static Outputs open(@Nullable Path json, @Nullable Path reportDirectory) throws Unwritable {
    if (reportDirectory == null) {
      return new Outputs(json, null);
    }
    prepare(reportDirectory);
    return new Outputs(json, reportDirectory.resolve(PAGE));
  }

  private static void prepare(Path directory) throws Unwritable {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw Unwritable.of(directory, e);
    }
    Fonts.require();
  }

  void add(ContestResult result) throws Unwritable {
    if (json != null) {
      json.write(out -> JsonLines.write(result, out));
    }
  }

  /** The files that are there now. */
  List<Path> complete(List<ContestResult> results) throws Unwritable {
    if (json != null && jsonPath != null) {
      json.complete();
      written.add(jsonPath);
    }
    if (page != null && pagePath != null) {
      page.write(out -> out.write(new PageReport().of(results)));
      page.complete();
      written.add(pagePath);
    }
    return List.copyOf(written);
  }

  @Override
  public void close() {
    if (json != null) {
      json.close();
    }
    if (page != null) {
      page.close();
    }
  }
}
