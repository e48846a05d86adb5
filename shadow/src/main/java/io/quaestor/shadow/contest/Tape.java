package io.quaestor.shadow.contest;

import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;
import io.quaestor.shadow.history.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tape is a set's cases in the order of one seed. The first tenth is played but not counted: what
 * a policy needs to find its feet is not what it is judged by.
 */
public final class Tape {

  private static final int UNCOUNTED_PART = 10;

  private final BenchSet set;
  private final long seed;
  private final int countedFrom;
  private final int[] order;

  Tape(BenchSet set, long seed) {
    this(set, seed, set.history().cases().size() / UNCOUNTED_PART);
  }

  private Tape(BenchSet set, long seed, int countedFrom) {
    this.set = set;
    this.seed = seed;
    this.countedFrom = countedFrom;
    this.order = set.order().places(set.history().cases().size(), seed);
  }

  /** All of a set, counted from its first call on. */
  static Tape whole(BenchSet set) {
    return new Tape(set, 0, 0);
  }

  long seed() {
    return seed;
  }

  public int candidates() {
    return set.history().candidates().size();
  }

  public int calls() {
    return order.length;
  }

  /** The first call that counts. */
  public int countedFrom() {
    return countedFrom;
  }

  public int countedCalls() {
    return calls() - countedFrom();
  }

  /** By candidate. */
  public List<Result> results(int call) {
    return original(call).results();
  }

  /** What each candidate made of all cases of the set. */
  public CandidateTotals wholeSet() {
    return set.totals();
  }

  /** What each candidate made of the counted calls. */
  public CandidateTotals counted() {
    CandidateTotals totals = new CandidateTotals(candidates());
    for (int call = countedFrom(); call < calls(); call++) {
      totals.add(results(call));
    }
    return totals;
  }

  @Nullable Boolean positive(int call) {
    return original(call).positive();
  }

  Result baseline(int call) {
    return results(call).get(set.baseline());
  }

  /** The same request in the history without results. */
  Case request(History blind, int call) {
    return blind.cases().get(order[call]);
  }

  private Case original(int call) {
    return set.history().cases().get(order[call]);
  }
}
