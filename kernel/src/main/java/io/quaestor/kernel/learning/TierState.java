package io.quaestor.kernel.learning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What one tenant's outcomes say about one tier in one use case.
 *
 * @param all the outcomes of all regimes
 * @param cells those of each regime
 * @param outcomes how many there have been, none faded
 * @param drift how far outcomes have lately left what was expected
 */
public record TierState(Counts all, List<Counts> cells, long outcomes, Drift drift) {

  static final TierState NEW =
      new TierState(Counts.NONE, Collections.nCopies(Regimes.COUNT, Counts.NONE), 0, Drift.NONE);

  /** Outcomes that the rate over all regimes counts for when one regime's is expected. */
  private static final int SHRINKAGE = 30;

  public TierState {
    cells = List.copyOf(cells);
  }

  /** The rate of success that earlier outcomes lead to expect in a regime. */
  double expected(int regime) {
    Counts cell = cells.get(regime);
    return (all.rate(0.5) * SHRINKAGE + cell.successes()) / (SHRINKAGE + cell.outcomes());
  }

  TierState after(int regime, int scoreBps, int halfLife) {
    List<Counts> next = new ArrayList<>(cells);
    next.set(regime, cells.get(regime).after(scoreBps, halfLife));
    return new TierState(
        all.after(scoreBps, halfLife), next, outcomes + 1, drift.after(this, regime, scoreBps));
  }

  /** With earlier outcomes at a share of their weight, and watching anew. */
  TierState widened(int keptBps) {
    return new TierState(
        all.kept(keptBps),
        cells.stream().map(cell -> cell.kept(keptBps)).toList(),
        outcomes,
        Drift.NONE);
  }
}
