package io.quaestor.shadow.predictor;

import io.quaestor.shadow.Progress;
import io.quaestor.shadow.profile.Predictors;
import java.util.ArrayList;
import java.util.List;

/**
 * Fitted predictors, and how rows are encoded for them.
 *
 * @param predictors in the order of the candidates
 */
public record Fitted(Encoder encoder, List<Predictor> predictors) {

  /** Fits every candidate on the same rows; with the same seed the same predictors come out. */
  public static Fitted fit(Predictors profile, Samples samples, int[] rows, Progress progress) {
    Encoder encoder = Encoder.fit(samples, rows);
    List<Predictor> predictors =
        samples.values()
            ? fit(ValueTask.fit(samples, rows), profile, samples, rows, encoder, progress)
            : fit(
                new ClassTask(samples.classes().size()), profile, samples, rows, encoder, progress);
    return new Fitted(encoder, predictors);
  }

  private static List<Predictor> fit(
      Task<?> task,
      Predictors profile,
      Samples samples,
      int[] rows,
      Encoder encoder,
      Progress progress) {
    Fitting<?> fitting = Fitting.of(task, samples, rows, encoder);
    List<Predictor> fitted = new ArrayList<>();
    for (Predictors.Candidate candidate : profile.candidates()) {
      progress.at("Fitting " + candidate.model(), fitted.size(), profile.candidates().size());
      fitted.add(fitting.fit(candidate, profile.fit().seed()));
    }
    return List.copyOf(fitted);
  }
}
