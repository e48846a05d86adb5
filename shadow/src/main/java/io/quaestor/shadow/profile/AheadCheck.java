package io.quaestor.shadow.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Refuses a profile in which a request or a predictor would see a column that is computed from a
 * later row: nobody has it when the request is made. Only labels and results may look ahead.
 */
final class AheadCheck {

  private final Settings settings;

  AheadCheck(Settings settings) {
    this.settings = settings;
  }

  void check(Profile profile) {
    Set<String> ahead = Derived.lookingAhead(profile.source().derived());
    List<String> seen = new ArrayList<>();
    Request request = profile.request();
    request.features().forEach(feature -> seen.add(column(feature)));
    seen.add(column(request.inputTokens()));
    seen.add(column(request.outputTokens()));
    if (request.difficulty() instanceof Difficulty.Column column) {
      seen.add(column.column());
    }
    if (request.difficulty() instanceof Difficulty.Table table) {
      seen.addAll(table.columns());
    }
    check("request", ahead, seen);
    if (profile.layout() instanceof Layout.Predicted(Predictors predictors)) {
      List<String> inputs = new ArrayList<>(predictors.numbers());
      inputs.addAll(predictors.logs());
      inputs.addAll(predictors.categories());
      check("results", ahead, inputs);
    }
  }

  private void check(String setting, Set<String> ahead, List<String> seen) {
    for (String column : seen) {
      if (ahead.contains(column)) {
        throw settings.bad(
            setting,
            "uses column '%s', which is derived from later rows; only a label may look ahead."
                .formatted(column));
      }
    }
  }

  private static String column(Feature feature) {
    return switch (feature) {
      case Feature.Plain plain -> plain.column();
      case Feature.Log log -> log.column();
      case Feature.LogCharacters characters -> characters.column();
      case Feature.OneHot oneHot -> oneHot.column();
    };
  }

  private static String column(Amount amount) {
    return switch (amount) {
      case Amount.Constant unused -> "";
      case Amount.Column column -> column.column();
      case Amount.Characters characters -> characters.column();
    };
  }
}
