package io.quaestor.shadow.contest;

import io.quaestor.shadow.history.History;
import java.util.function.Function;

/** A policy is a way to choose candidates that takes part in a contest under its name. */
public sealed interface Policy {

  /** As in the report and in the JSON lines, {@code epsilon_greedy}. */
  String name();

  /** A policy that meets the requests one by one. */
  non-sealed interface Online extends Policy {

    /** Whether it can take part at all; one that needs features cannot do without. */
    default boolean enters(History history) {
      return true;
    }

    /** Whether it steers by the target. If not, one run counts for all targets. */
    boolean steers();

    /**
     * A new contender that has learned nothing yet.
     *
     * @param history with its cases in the order of the file and without their results
     * @param seed of everything that it leaves to chance; differs from policy to policy
     */
    Contender contender(History history, Target target, long seed);
  }

  /**
   * A policy that is told all results of the counted calls before it begins: a yardstick, or a
   * constant choice that a person would make from the averages.
   */
  non-sealed interface Hindsight extends Policy {

    /** What it would have done; the work that all targets share is done once. */
    Function<Target, Allocation> foresee(Tape tape);
  }
}
