package io.quaestor.shadow.history;

import java.util.List;

/**
 * A history is a stream of cases in their order.
 *
 * @param set its name, as in {@code routellm-mmlu}
 * @param candidates the ids of the catalog's models, in the catalog's order
 * @param notes what a reader of figures must know: how many requests were left out and why, what
 *     was fitted on what
 */
public record History(String set, List<String> candidates, List<Case> cases, List<String> notes) {

  public History {
    candidates = List.copyOf(candidates);
    cases = List.copyOf(cases);
    notes = List.copyOf(notes);
  }

  public History(String set, List<String> candidates, List<Case> cases) {
    this(set, candidates, cases, List.of());
  }
}
