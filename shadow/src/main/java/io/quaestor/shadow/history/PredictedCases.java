package io.quaestor.shadow.history;

import io.quaestor.kernel.event.Price;
import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.Progress;
import io.quaestor.shadow.predictor.Fitted;
import io.quaestor.shadow.predictor.Predictor;
import io.quaestor.shadow.predictor.Samples;
import io.quaestor.shadow.profile.Positive;
import io.quaestor.shadow.profile.Predictors;
import io.quaestor.shadow.profile.Profile;
import io.quaestor.shadow.rows.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Cases whose candidates are predictors. They are fitted on a part of the rows; the others, in
 * their order, are the stream.
 */
final class PredictedCases {

  /** Below this a share of the rows is too few to fit anything on. */
  private static final int ROWS_MIN = 20;

  private static final int BPS = 10_000;
  private static final int PROGRESS_ROWS = 1_024;

  private final Profile profile;
  private final Predictors predictors;
  private final List<String> notes;
  private final Requests requests;
  private final Samples samples;
  private final List<Case> all = new ArrayList<>();

  /** By the numbers of the classes; empty when no class is positive. */
  private final List<Boolean> positives = new ArrayList<>();

  /** Of half a million cases most have the same results; each is kept once. */
  private final Map<List<Result>, List<Result>> shared = new HashMap<>();

  PredictedCases(Profile profile, Predictors predictors, List<String> notes) {
    this.profile = profile;
    this.predictors = predictors;
    this.notes = notes;
    this.requests = new Requests(profile);
    this.samples = new Samples(predictors);
  }

  List<Case> read(Input input, Progress progress) {
    for (Row row = input.next(); row != null; row = input.next()) {
      all.add(requests.of(requests.uniqueId(row), row));
      samples.add(row);
    }
    if (all.isEmpty()) {
      return all;
    }
    int[] rows = rowsToFit();
    classify();
    Fitted fitted = Fitted.fit(predictors, samples, rows, progress);
    List<Case> stream = stream(fitted, rows, progress);
    notes.add(note(rows.length, stream.size()));
    return stream;
  }

  private int[] rowsToFit() {
    int count = (int) Math.ceilDiv((long) all.size() * predictors.fit().shareBps(), BPS);
    if (count < ROWS_MIN) {
      throw bad(
          "%d rows of %d are too few to fit predictors on; %d are needed."
              .formatted(count, all.size(), ROWS_MIN));
    }
    int[] rows = new int[all.size()];
    Arrays.setAll(rows, i -> i);
    if (predictors.fit().rows() == Predictors.Fit.Rows.RANDOM) {
      shuffle(rows, new SplittableRandom(predictors.fit().seed()));
    }
    int[] taken = Arrays.copyOf(rows, count);
    Arrays.sort(taken);
    if (Arrays.stream(taken).mapToDouble(samples::target).distinct().limit(2).count() < 2) {
      throw bad(
          "the label is the same in all %,d rows to fit on; there is nothing to predict."
              .formatted(count));
    }
    return taken;
  }

  private BadInput bad(String message) {
    return new BadInput("Set %s: %s".formatted(profile.set(), message));
  }

  private static void shuffle(int[] rows, SplittableRandom random) {
    for (int i = rows.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int row = rows[i];
      rows[i] = rows[other];
      rows[other] = row;
    }
  }

  private List<Case> stream(Fitted fitted, int[] rows, Progress progress) {
    BitSet taken = new BitSet();
    Arrays.stream(rows).forEach(taken::set);
    double[] buffer = fitted.encoder().buffer();
    List<Case> stream = new ArrayList<>(all.size() - rows.length);
    for (int row = 0; row < all.size(); row++) {
      if (row % PROGRESS_ROWS == 0) {
        progress.at("Predicting", row, all.size());
      }
      if (!taken.get(row)) {
        stream.add(predicted(fitted, row, fitted.encoder().encode(row, buffer)));
      }
    }
    return stream;
  }

  private Case predicted(Fitted fitted, int row, double[] encoded) {
    Case request = all.get(row);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < fitted.predictors().size(); i++) {
      Predictor predictor = fitted.predictors().get(i);
      Price price = Objects.requireNonNull(profile.catalog().models().get(i).price());
      double answer = predictor.predict(encoded);
      results.add(
          new Result(
              success(samples.target(row), answer) ? BPS : 0,
              price.cost(request.inputTokens(), request.outputTokens()),
              Boolean.TRUE.equals(positive(answer))));
    }
    List<Result> once = shared.computeIfAbsent(List.copyOf(results), it -> it);
    return Requests.with(request, positive(samples.target(row)), once);
  }

  private boolean success(double truth, double answer) {
    return switch (predictors.label()) {
      case Predictors.Label.Value value ->
          Math.abs(answer - truth) * BPS <= Math.abs(truth) * value.withinBps();
      case Predictors.Label.Classes unused -> answer == truth;
      case Predictors.Label.Text unused -> answer == truth;
    };
  }

  private void classify() {
    Positive positive = profile.positive();
    if (positive != null) {
      samples.classes().forEach(name -> positives.add(positive.is(name)));
    }
  }

  private @Nullable Boolean positive(double answer) {
    return positives.isEmpty() ? null : positives.get((int) answer);
  }

  private String note(int fitted, int stream) {
    String kinds =
        predictors.candidates().stream()
            .map(PredictedCases::kind)
            .collect(Collectors.joining(", "));
    return "Fitted %s on %,d of %,d rows (%s, seed %d); the other %,d rows are the stream."
        .formatted(
            kinds,
            fitted,
            all.size(),
            predictors.fit().rows() == Predictors.Fit.Rows.RANDOM ? "at random" : "the first",
            predictors.fit().seed(),
            stream);
  }

  private static String kind(Predictors.Candidate candidate) {
    return switch (candidate.kind()) {
      case TREE -> "%s (tree of depth %d)".formatted(candidate.model(), candidate.depth());
      case LINEAR -> "%s (linear, %d epochs)".formatted(candidate.model(), candidate.epochs());
      case FOREST ->
          "%s (forest of %d trees of depth %d)"
              .formatted(candidate.model(), candidate.trees(), candidate.depth());
    };
  }
}
