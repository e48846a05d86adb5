package io.quaestor.shadow.contest.cli;

import io.quaestor.shadow.contest.BenchSet;
import io.quaestor.shadow.contest.BenchSet.Order;
import io.quaestor.shadow.contest.ContestProgress;
import io.quaestor.shadow.contest.Policy;
import io.quaestor.shadow.contest.Sets;
import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code NAME.csv} without header: score in bps and cost of each candidate in turn. */
record ExcerptSource(List<String> names, List<Policy> contenders) implements BenchSource {

  @Override
  public boolean isIn(Path directory, String set) {
    return Files.exists(file(directory, set));
  }

  private static Path file(Path directory, String set) {
    return directory.resolve(set + ".csv");
  }

  @Override
  public Entry read(String set, Path directory, ContestProgress progress) throws Unusable {
    List<Case> cases = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file(directory, set))) {
        cases.add(Sets.request(cases.size(), List.of(), null, results(line)));
      }
    } catch (IOException | NumberFormatException e) {
      throw new Unusable("%s, row %d: %s".formatted(set, cases.size() + 1, e.getMessage()), e);
    }
    int candidates = cases.getFirst().results().size();
    BenchSet read = BenchSet.of(Sets.history(set, candidates, cases), Order.SHUFFLED);
    return new Entry(
        read, contenders, List.of(30.0, 50.0, 70.0, 90.0), List.of("Read from " + set + ".csv."));
  }

  private static List<Result> results(String line) {
    String[] cells = line.split(",", -1);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < cells.length; i += 2) {
      results.add(new Result(Integer.parseInt(cells[i]), Long.parseLong(cells[i + 1]), false));
    }
    return results;
  }
}
