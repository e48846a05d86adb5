package io.quaestor.kernel.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.Seeds;
import io.quaestor.kernel.event.Event;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** Whatever a node does from whatever seed, its chain replays as it was recorded. */
class ReplayCheckTest {

  private static final Map<String, Integer> SEEN = new TreeMap<>();

  @Seeds(40)
  void anHonestChainReplaysAsRecorded(long seed) {
    List<Entry> chain = new RandomNode(seed).live(1_600);

    ReplayCheck check = new ReplayCheck(RandomNode::digest);
    chain.forEach(entry -> assertThat(check.accept(entry).map(Mismatch::sentence)).isEmpty());

    chain.forEach(entry -> see(entry.event()));
    assertThat(check.decisions())
        .isEqualTo(
            chain.stream().filter(each -> each.event() instanceof Event.DecisionMade).count());
    assertThat(check.budgets()).isEqualTo(4);
    assertThat(check.unchecked()).isZero();
  }

  private static void see(Event event) {
    seen(event.getClass().getSimpleName());
    if (event instanceof Event.DecisionMade decision) {
      seen(decision.action());
      seen(decision.reason());
      seen("floor of " + decision.floorSource());
      seen("value of " + decision.question().valueSource());
      see(decision.learned());
    }
    if (event instanceof Event.OutcomeReported outcome) {
      seen(outcome.lesson() == null ? "no lesson" : "lesson");
    }
    if (Event.ending(event) instanceof Event.Committed committed) {
      seen(committed.overrun() ? "overrun" : "within");
      seen(committed.late() ? "late" : "in time");
    }
  }

  private static void see(Event.@Nullable Learned learned) {
    if (learned == null) {
      seen("not learned");
      return;
    }
    seen(learned.position() == 0 ? "no statistics" : "statistics");
    seen(
        learned.anomaly() == null
            ? "usual"
            : "anomaly of " + learned.anomaly().trait().replaceAll("\\[.*", ""));
    seen(learned.poll() == null ? "no poll" : "poll");
  }

  private static void seen(String what) {
    SEEN.merge(what, 1, Integer::sum);
  }

  @AfterAll
  static void everythingHappenedOftenEnough() {
    System.out.println("replayed: " + SEEN);
    if (Seeds.Source.single() != null) {
      return;
    }
    assertThat(SEEN)
        .containsKeys(
            "substitute",
            "execute_requested",
            "reject",
            "budget_constraint",
            "floor of client",
            "floor of warm_start",
            "floor of policy_default",
            "floor of learned",
            "floor of anomaly",
            "value of learned",
            "not learned",
            "no statistics",
            "statistics",
            "anomaly of magnitude",
            "poll",
            "no poll",
            "lesson",
            "no lesson",
            "DriftNoticed",
            "value of client",
            "value of floor",
            "overrun",
            "late",
            "Expired",
            "Released",
            "OutcomeReported",
            "TenantDefined",
            "ToppedUp",
            "CatalogPut",
            "PolicyPut");
    assertThat(SEEN.values()).allMatch(count -> count >= 5);
  }
}
