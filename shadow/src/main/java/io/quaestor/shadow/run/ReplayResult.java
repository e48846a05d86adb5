package io.quaestor.shadow.run;

import io.quaestor.kernel.event.Budget;
import io.quaestor.shadow.profile.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replay came to.
 *
 * @param periodCalls calls of each period but the last, which may be shorter
 * @param cheapest the candidate of the least cost over all calls
 * @param notes what a reader of the figures must know
 * @param budget at the end, checked against the figures
 * @param yardsticks null when calls were rejected: rates of other calls cannot be compared
 */
public record ReplayResult(
    Profile profile,
    ReplayPlan plan,
    List<String> candidates,
    int periodCalls,
    String cheapest,
    List<String> notes,
    List<Figures> periods,
    Figures total,
    Budget budget,
    @Nullable Yardsticks yardsticks) {

  public ReplayResult {
    candidates = List.copyOf(candidates);
    notes = List.copyOf(notes);
    periods = List.copyOf(periods);
  }

  public List<String> tiers() {
    return profile.catalog().tiers();
  }
}
