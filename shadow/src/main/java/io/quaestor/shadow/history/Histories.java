package io.quaestor.shadow.history;

import io.quaestor.kernel.catalog.Model;
import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.Progress;
import io.quaestor.shadow.profile.Layout;
import io.quaestor.shadow.profile.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a file, together with the profile that says what is in it, into a history. */
public final class Histories {

  private Histories() {}

  /**
   * The file of a profile in a folder, whichever its half.
   *
   * @throws BadInput when several files could be meant
   */
  public static Optional<Path> find(Profile profile, Path directory) {
    return profile.source().find(directory);
  }

  /**
   * @param file plain or gzip; what the profile joins with it is found beside it
   * @throws BadInput naming file, line and column of the first fault; nothing is half read
   */
  public static History read(Profile profile, Path file, Progress progress) {
    List<String> notes = new ArrayList<>();
    try (Input input = Input.open(profile, file, progress, notes)) {
      List<Case> cases =
          switch (profile.layout()) {
            case Layout.WideRows wide -> new WideCases(profile, wide, notes).read(input);
            case Layout.LongRows rows -> new LongCases(profile, rows, file, notes).read(input);
            case Layout.Predicted predicted ->
                new PredictedCases(profile, predicted.predictors(), notes).read(input, progress);
          };
      input.count(notes);
      if (cases.isEmpty()) {
        throw new BadInput(
            "%s holds no request that can be used%s"
                .formatted(file, notes.isEmpty() ? "." : ": " + String.join(" ", notes)));
      }
      return new History(profile.set(), candidates(profile), cases, notes);
    }
  }

  static List<String> candidates(Profile profile) {
    return profile.catalog().models().stream().map(Model::id).toList();
  }
}
