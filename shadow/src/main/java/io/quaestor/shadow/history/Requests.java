package io.quaestor.shadow.history;

import io.quaestor.shadow.BadInput;
import io.quaestor.shadow.profile.Difficulty;
import io.quaestor.shadow.profile.Feature;
import io.quaestor.shadow.profile.Positive;
import io.quaestor.shadow.profile.Profile;
import io.quaestor.shadow.profile.Request;
import io.quaestor.shadow.rows.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the part of a case that a client would have sent. */
final class Requests {

  private static final int ID_LENGTH_MAX = 1_024;

  private final Request request;
  private final @Nullable Positive positive;
  private final int width;
  private final Map<String, String> places = new HashMap<>();
  private long count;

  Requests(Profile profile) {
    this.request = profile.request();
    this.positive = profile.positive();
    this.width = request.features().stream().mapToInt(Feature::width).sum();
  }

  /** The row's id, or its number when the profile names no column. */
  String id(Row row) {
    count++;
    String column = request.id();
    if (column == null) {
      return "row-" + count;
    }
    String id = row.text(column);
    if (id.length() > ID_LENGTH_MAX) {
      throw row.bad(
          column,
          "must have at most %,d characters, got %,d.".formatted(ID_LENGTH_MAX, id.length()));
    }
    return id;
  }

  /** The same where each row is a request of its own, so that no id may come twice. */
  String uniqueId(Row row) {
    String id = id(row);
    if (request.id() != null) {
      String before = places.putIfAbsent(id, row.place());
      if (before != null) {
        throw twice(row, request.id(), "request '%s'".formatted(BadInput.shown(id)), before);
      }
    }
    return id;
  }

  /** The case without its results. */
  Case of(String id, Row row) {
    Difficulty difficulty = request.difficulty();
    return new Case(
        id,
        request.useCase().of(row),
        request.inputTokens().of(row),
        request.outputTokens().of(row),
        difficulty == null ? null : difficulty.of(row),
        features(row),
        positive(row),
        List.of());
  }

  static Case with(Case request, List<Result> results) {
    return with(request, request.positive(), results);
  }

  static Case with(Case request, @Nullable Boolean positive, List<Result> results) {
    return new Case(
        request.id(),
        request.useCase(),
        request.inputTokens(),
        request.outputTokens(),
        request.difficultyBps(),
        request.features(),
        positive,
        results);
  }

  private List<Double> features(Row row) {
    double[] numbers = new double[width];
    int at = 0;
    for (Feature feature : request.features()) {
      feature.of(row, numbers, at);
      at += feature.width();
    }
    return Features.of(numbers);
  }

  private @Nullable Boolean positive(Row row) {
    if (positive == null || positive.column() == null) {
      return null;
    }
    return positive.is(row.text(positive.column()));
  }

  static BadInput twice(Row row, String column, String what, String before) {
    return row.bad(column, "%s is there a second time; first in %s.".formatted(what, before));
  }
}
