package io.quaestor.shadow.history;

import java.util.List;

/**
 * A history is a stream of cases in their order.
 *
 * @param set its name, as in {@code routellm-mmlu}
 * @param candidates the ids of the catalog's models, in the catalog's order
 */
public record History(String set, List<String> candidates, List<Case> cases) {

  public History {
    candidates = List.copyOf(candidates);
    cases = List.copyOf(cases);
  }
}
