package io.quaestor.shadow.contest.cli;

import io.quaestor.shadow.contest.cli.BenchSource.Unusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which sets a bench is held on. */
record SetChoice(BenchSource source, Path directory) {

  /**
   * @param wanted none for all that the directory holds
   */
  List<String> of(List<String> wanted) throws Unusable {
    if (!Files.isDirectory(directory)) {
      throw new Unusable(
          Files.exists(directory)
              ? "--data %s is no directory.".formatted(directory)
              : "--data %s does not exist.".formatted(directory));
    }
    return wanted.isEmpty() ? allFound() : checked(wanted);
  }

  private List<String> allFound() throws Unusable {
    List<String> found = new ArrayList<>();
    for (String set : source.names()) {
      if (isThere(set)) {
        found.add(set);
      }
    }
    if (found.isEmpty()) {
      throw new Unusable(
          "--data %s holds the files of no known set. Known sets: %s."
              .formatted(directory, String.join(", ", source.names())));
    }
    return found;
  }

  private List<String> checked(List<String> wanted) throws Unusable {
    for (String set : wanted) {
      if (!source.names().contains(set)) {
        throw new Unusable(
            "--set %s is not known. Known sets: %s."
                .formatted(set, String.join(", ", source.names())));
      }
      if (!isThere(set)) {
        throw new Unusable("--data %s does not hold the files of %s.".formatted(directory, set));
      }
    }
    return source.names().stream().filter(wanted::contains).toList();
  }

  private boolean isThere(String set) throws Unusable {
    return source.isIn(directory, set);
  }
}
