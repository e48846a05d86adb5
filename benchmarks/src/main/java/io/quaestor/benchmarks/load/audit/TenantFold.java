package io.quaestor.benchmarks.load.audit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's budget, added up from its events by other code than the product's: four numbers that
 * are moved one by one, compared after each event with the budget that the event states.
 *
 * <p>No overspend means: right after money was reserved, nothing that remains is negative, and no
 * blocked tenant gets anything.
 */
public final class TenantFold {

  private final String tenant;
  private final Faults faults;
  private final Map<String, Long> open = new HashMap<>();
  private final Set<String> expired = new HashSet<>();
  private final Set<String> ended = new HashSet<>();

  private long initial;
  private long remaining;
  private long reserved;
  private long committed;
  private long reservedMax = Long.MAX_VALUE;
  private boolean blocked;

  TenantFold(String tenant, Faults faults) {
    this.tenant = tenant;
    this.faults = faults;
  }

  public Money money() {
    return new Money(initial, remaining, reserved, committed);
  }

  public int openReservations() {
    return open.size();
  }

  void apply(long seq, String type, ChainFold.Entry event) {
    switch (type) {
      case "TenantDefined" -> defined(seq, event);
      case "ToppedUp" -> grown(amount(seq, event.amountMicrocents()));
      case "DecisionMade" -> decided(seq, event);
      case "Committed" -> committed(seq, event);
      case "Released" -> returned(seq, event, ended);
      case "Expired" -> returned(seq, event, expired);
      case "OutcomeReported" -> {
        if (event.committed() != null) {
          committed(seq, event.committed());
        }
      }
      default -> faults.add("record %d: unknown type %s of a tenant".formatted(seq, type));
    }
    compare(seq, type, event);
  }

  // ---- one event -------------------------------------------------------------------------------

  private void defined(long seq, ChainFold.Entry event) {
    Money stated = event.budget();
    if (stated == null) {
      faults.add("record %d defines tenant %s without a budget".formatted(seq, tenant));
      return;
    }
    reservedMax = amount(seq, event.reservedMaxMicrocents());
    grown(Math.subtractExact(stated.initialMicrocents(), initial));
  }

  private void grown(long by) {
    initial = Math.addExact(initial, by);
    remaining = Math.addExact(remaining, by);
    blocked = blocked && remaining < 0;
  }

  private void decided(long seq, ChainFold.Entry decision) {
    faults.require(
        (decision.reserved() == null) != (decision.refused() == null),
        () -> "record %d neither holds nor refuses, or both".formatted(seq));
    ChainFold.Entry hold = decision.reserved();
    if (hold == null) {
      return;
    }
    long amount = amount(seq, hold.amountMicrocents());
    faults.require(
        !blocked,
        () -> "record %d reserves for tenant %s, which is blocked".formatted(seq, tenant));
    faults.require(
        open.put(String.valueOf(hold.id()), amount) == null,
        () -> "record %d reserves %s again".formatted(seq, hold.id()));
    remaining = Math.subtractExact(remaining, amount);
    reserved = Math.addExact(reserved, amount);
    faults.require(
        amount >= 0 && remaining >= 0,
        () ->
            "record %d: tenant %s reserves %d and has %d left: overspent"
                .formatted(seq, tenant, amount, remaining));
    faults.require(
        reserved <= reservedMax,
        () ->
            "record %d: tenant %s has reserved %d of at most %d"
                .formatted(seq, tenant, reserved, reservedMax));
  }

  private void committed(long seq, ChainFold.Entry commit) {
    long actual = amount(seq, commit.actualMicrocents());
    String id = String.valueOf(commit.id());
    if (Boolean.TRUE.equals(commit.late())) {
      faults.require(
          expired.remove(id), () -> "record %d commits %s late, not expired".formatted(seq, id));
    } else {
      end(seq, id, amount(seq, commit.reservedMicrocents()));
    }
    ended.add(id);
    remaining = Math.subtractExact(remaining, actual);
    committed = Math.addExact(committed, actual);
    faults.require(actual >= 0, () -> "record %d commits less than nothing".formatted(seq));
    blocked |= remaining < 0;
  }

  private void returned(long seq, ChainFold.Entry event, Set<String> how) {
    String id = String.valueOf(event.id());
    end(seq, id, amount(seq, event.amountMicrocents()));
    how.add(id);
  }

  /** The hold of an open reservation goes back to what remains. */
  private void end(long seq, String id, long stated) {
    Long held = open.remove(id);
    if (held == null) {
      faults.add(
          "record %d ends %s, which %s"
              .formatted(seq, id, ended.contains(id) ? "has ended before" : "is not reserved"));
      return;
    }
    faults.require(
        held == stated, () -> "record %d ends %s with %d of %d".formatted(seq, id, stated, held));
    remaining = Math.addExact(remaining, held);
    reserved = Math.subtractExact(reserved, held);
  }

  // ---- after it --------------------------------------------------------------------------------

  private void compare(long seq, String type, ChainFold.Entry event) {
    Money folded = money();
    faults.require(
        folded.identityHolds() && reserved >= 0 && committed >= 0,
        () -> "record %d leaves tenant %s with %s".formatted(seq, tenant, folded));
    Money stated = stated(event);
    faults.require(
        stated == null ? type.equals("OutcomeReported") : stated.equals(folded),
        () -> "record %d states %s, but tenant %s has %s".formatted(seq, stated, tenant, folded));
  }

  private static @Nullable Money stated(ChainFold.Entry event) {
    for (ChainFold.Entry part :
        new ChainFold.@Nullable Entry[] {event.reserved(), event.refused(), event.committed()}) {
      if (part != null) {
        return part.budget();
      }
    }
    return event.budget();
  }

  private long amount(long seq, @Nullable Long microcents) {
    if (microcents == null) {
      faults.add("record %d states no amount".formatted(seq));
      return 0;
    }
    return microcents;
  }
}
