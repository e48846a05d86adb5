package io.quaestor.shadow.profile;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a history has the results of its candidates. */
public sealed interface Layout {

  /**
   * One row is one request; the candidates have columns of their own.
   *
   * @param candidates in the catalog's order
   */
  record WideRows(List<Candidate> candidates, BigDecimal scoreMax) implements Layout {

    /**
     * @param score the mean of these columns is the score
     * @param prediction the column with the class that the candidate predicted
     */
    public record Candidate(
        String model, List<String> score, Cost cost, @Nullable String prediction) {}
  }

  /**
   * One row is what one candidate made of one request.
   *
   * @param models the catalog's ids by the names in the file, where they differ
   */
  record LongRows(
      String candidate,
      String score,
      BigDecimal scoreMax,
      Cost cost,
      Map<String, String> models,
      @Nullable String prediction)
      implements Layout {}

  /** One row is one request, and the candidates are predictors that are fitted on a part of it. */
  record Predicted(Predictors predictors) implements Layout {}

  /** What a layout is called in a profile. */
  enum Kind {
    WIDE,
    LONG,
    PREDICTED
  }
}
