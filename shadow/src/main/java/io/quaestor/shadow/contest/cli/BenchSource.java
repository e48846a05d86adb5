package io.quaestor.shadow.contest.cli;

import io.quaestor.shadow.contest.BenchSet;
import io.quaestor.shadow.contest.ContestProgress;
import io.quaestor.shadow.contest.Policy;
import java.nio.file.Path;
import java.util.List;

/** Where the sets of a bench come from. */
public interface BenchSource {

  /** All sets that are known, in the order of the report. */
  List<String> names();

  /** Whether the directory holds the files of a known set; looks at names alone. */
  boolean isIn(Path directory, String set) throws Unusable;

  /** Reads a set that {@link #isIn} the directory. */
  Entry read(String set, Path directory, ContestProgress progress) throws Unusable;

  /**
   * A set and who takes part beside the baselines.
   *
   * @param contenders {@code quaestor}, set up with the set's catalog and policy; a policy of
   *     another name is shown, but not judged
   * @param targetPercents that the set is measured at when nothing else is asked for
   * @param notes for people, such as what was left out of the files
   */
  record Entry(
      BenchSet set, List<Policy> contenders, List<Double> targetPercents, List<String> notes) {

    public Entry {
      contenders = List.copyOf(contenders);
      targetPercents = List.copyOf(targetPercents);
      notes = List.copyOf(notes);
    }
  }

  /** A set's files cannot be used; the message names the place and the cure. */
  final class Unusable extends Exception {

    private static final long serialVersionUID = 1;

    public Unusable(String message) {
      super(message);
    }

    public Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
