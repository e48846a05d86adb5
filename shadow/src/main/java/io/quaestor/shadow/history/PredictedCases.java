package io.quaestor.shadow.history;

import io.quaestor.shadow.Progress;
import io.quaestor.shadow.profile.Predictors;
import io.quaestor.shadow.profile.Profile;
import java.util.List;

/** Cases whose candidates are predictors. */
final class PredictedCases {

  PredictedCases(Profile profile, Predictors predictors, List<String> notes) {}

  List<Case> read(Input input, Progress progress) {
    return List.of();
  }
}
