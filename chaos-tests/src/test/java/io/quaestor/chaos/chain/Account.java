package io.quaestor.chaos.chain;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An account is one tenant's budget, folded from records by rules written down a second time. It
 * refuses what no honest history contains: a reservation made twice or ended twice, one beyond what
 * remained, an early expiry, a stated budget that is not the one it comes to.
 */
public final class Account {

  private record Hold(long amount, Instant expiresAt) {}

  private final String tenant;
  private final Map<String, Hold> open = new HashMap<>();
  private final Map<String, String> ended = new HashMap<>();
  private final List<Money> history = new ArrayList<>(List.of(Money.NONE));

  Account(String tenant) {
    this.tenant = tenant;
  }

  /** The budget now. */
  public Money money() {
    return history.getLast();
  }

  /** The number of events so far. */
  public int events() {
    return history.size() - 1;
  }

  /** Whether the budget has been this at some time from event {@code since} on. */
  public boolean hasBeen(Money money, int since) {
    return history.subList(since, history.size()).contains(money);
  }

  void fold(String type, JsonNode event) {
    history.add(
        switch (type) {
          case "TenantDefined" -> defined(Money.of(event.path("budget")));
          case "ToppedUp" -> agreeing(event, added(amount(event, "amount_microcents")));
          case "DecisionMade" -> decided(event);
          case "Committed" -> agreeing(event, committed(event));
          case "Released" -> agreeing(event, released(event, "released"));
          case "Expired" -> agreeing(event, expired(event));
          case "OutcomeReported" -> reported(event.path("committed"));
          default -> throw wrong("an event of the unknown type " + type);
        });
  }

  private Money defined(Money stated) {
    long more = stated.initial() - money().initial();
    require(
        added(more).equals(stated),
        () -> "is defined with %s, not %s".formatted(stated, added(more)));
    return stated;
  }

  private Money added(long amount) {
    Money now = money();
    return new Money(
        now.initial() + amount, now.remaining() + amount, now.reserved(), now.committed());
  }

  private Money decided(JsonNode decision) {
    JsonNode reserved = decision.path("reserved");
    return reserved.isObject()
        ? agreeing(reserved, reserved(reserved))
        : agreeing(decision.path("refused"), money());
  }

  private Money reserved(JsonNode event) {
    String id = event.path("id").asText();
    long amount = amount(event, "amount_microcents");
    require(
        !open.containsKey(id) && !ended.containsKey(id), () -> "reserves %s twice".formatted(id));
    require(amount <= money().remaining(), () -> "reserves %d of %s".formatted(amount, money()));
    open.put(id, new Hold(amount, Instant.parse(event.path("expires_at").asText())));
    Money now = money();
    return new Money(
        now.initial(), now.remaining() - amount, now.reserved() + amount, now.committed());
  }

  private Money reported(JsonNode committed) {
    return committed.isObject() ? agreeing(committed, committed(committed)) : money();
  }

  private Money committed(JsonNode event) {
    String id = event.path("id").asText();
    long actual = amount(event, "actual_microcents");
    Money now = money();
    if (event.path("late").asBoolean()) {
      require(
          "expired".equals(ended.put(id, "committed")),
          () -> "commits %s late, which did not expire".formatted(id));
      return new Money(
          now.initial(), now.remaining() - actual, now.reserved(), now.committed() + actual);
    }
    long held = end(id, "committed", amount(event, "reserved_microcents"));
    return new Money(
        now.initial(),
        now.remaining() + held - actual,
        now.reserved() - held,
        now.committed() + actual);
  }

  private Money released(JsonNode event, String how) {
    long held = end(event.path("id").asText(), how, amount(event, "amount_microcents"));
    Money now = money();
    return new Money(now.initial(), now.remaining() + held, now.reserved() - held, now.committed());
  }

  private Money expired(JsonNode event) {
    Hold hold = open.get(event.path("id").asText());
    require(
        hold != null && !Instant.parse(event.path("at").asText()).isBefore(hold.expiresAt()),
        () -> "lets %s expire early".formatted(event.path("id")));
    return released(event, "expired");
  }

  private long end(String id, String how, long amount) {
    Hold hold = open.remove(id);
    String before = ended.put(id, how);
    require(
        hold != null && before == null && hold.amount() == amount,
        () ->
            "ends %s (%s) with %d, but it holds %s and was %s"
                .formatted(id, how, amount, hold, before));
    return amount;
  }

  private Money agreeing(JsonNode event, Money computed) {
    Money stated = Money.of(event.path("budget"));
    require(
        stated.equals(computed), () -> "states %s, but it comes to %s".formatted(stated, computed));
    require(computed.isIdentical(), () -> "breaks the identity: " + computed);
    return computed;
  }

  private static long amount(JsonNode event, String name) {
    JsonNode amount = event.path(name);
    if (!amount.isIntegralNumber() || amount.longValue() < 0) {
      throw new AssertionError("no amount " + name + " in " + event);
    }
    return amount.longValue();
  }

  private void require(boolean holds, Supplier<String> contradiction) {
    if (!holds) {
      throw wrong(contradiction.get());
    }
  }

  private AssertionError wrong(String what) {
    return new AssertionError("event %d of tenant %s %s".formatted(history.size(), tenant, what));
  }
}
