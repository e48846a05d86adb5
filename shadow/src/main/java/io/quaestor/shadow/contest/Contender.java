package io.quaestor.shadow.contest;

import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.Result;

/**
 * A contender takes the requests of one run one after the other, and learns of each nothing but the
 * result of the candidate that it chose (bandit feedback). The cases it sees hold no results and do
 * not say whether they are positive, so it cannot look ahead by mistake.
 */
public interface Contender {

  /**
   * @param index of the request in the run, from 0
   * @return the candidate, by its place among the history's candidates
   */
  int choose(Case request, int index);

  /** Called once after each {@link #choose}, before the next one. */
  void learn(Case request, int chosen, Result result);
}
