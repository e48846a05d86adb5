package io.quaestor.shadow.run;

import io.quaestor.kernel.catalog.Policy;
import io.quaestor.shadow.contest.BenchSet.Order;
import org.jspecify.annotations.Nullable;

/**
 * How a history is replayed.
 *
 * @param policy what is decided under
 * @param periodCalls calls of a period; null for a tenth of all
 * @param limit most calls, the first ones in the order; null for all
 * @param order null for the profile's own
 * @param seed of the order and of all choices
 * @param budgetMicrocents null for more than can be spent
 */
public record ReplayPlan(
    Policy policy,
    @Nullable Integer periodCalls,
    @Nullable Integer limit,
    Order order,
    long seed,
    @Nullable Long budgetMicrocents) {

  public static final int PERIODS_DEFAULT = 10;
  public static final int PERIODS_MAX = 10_000;

  /** A thousand times what the dearest history costs, and far from an overflow. */
  static final long BUDGET_UNBOUND_MICROCENTS = 1_000_000_000_000_000_000L;

  public static final long BUDGET_MAX_MICROCENTS = BUDGET_UNBOUND_MICROCENTS;

  long budget() {
    return budgetMicrocents == null ? BUDGET_UNBOUND_MICROCENTS : budgetMicrocents;
  }

  int period(int calls) {
    return periodCalls != null ? periodCalls : Math.max(1, Math.ceilDiv(calls, PERIODS_DEFAULT));
  }
}
