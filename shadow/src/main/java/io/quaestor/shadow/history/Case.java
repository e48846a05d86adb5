package io.quaestor.shadow.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case is one request of a history. What a client would have sent with it comes first; what is
 * known about it in hindsight comes last.
 *
 * @param difficultyBps predicted difficulty, null when the profile predicts none
 * @param features numbers that describe the request, empty when the profile names none
 * @param positive whether the request is truly of the positive class; null where there is none
 * @param results by candidate, in the order of the history's candidates
 */
public record Case(
    String id,
    String useCase,
    long inputTokens,
    long outputTokens,
    @Nullable Integer difficultyBps,
    List<Double> features,
    @Nullable Boolean positive,
    List<Result> results) {

  public Case {
    results = List.copyOf(results);
  }
}
