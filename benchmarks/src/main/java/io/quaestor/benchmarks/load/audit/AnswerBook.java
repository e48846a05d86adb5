package io.quaestor.benchmarks.load.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer book adds up what the server answered: per tenant what is reserved, committed and
 * released, and for every answer the seal it was given. It is the client's side of the audit.
 *
 * <p>Sums do not depend on the order of the answers, so the book needs none, and connections need
 * not wait for each other.
 */
public final class AnswerBook {

  /** What the answers to one tenant add up to. */
  public static final class Account {
    private @Nullable Long initial;
    private long reserved;
    private long committed;
    private long open;

    /** The budget that follows from the answers. */
    public Money money() {
      long total = initial == null ? 0 : initial;
      return new Money(
          total,
          Math.subtractExact(total, Math.addExact(reserved, committed)),
          reserved,
          committed);
    }

    public long openReservations() {
      return open;
    }
  }

  /** One sealed answer: the record that must stand at this place of the chain. */
  public record Told(String hash, String type, String subject) {}

  private final Map<String, Account> accounts = new TreeMap<>();
  private final Map<String, String> tenantOf = new HashMap<>();
  private final Map<Long, Told> told = new HashMap<>();
  private final Faults faults;
  private @Nullable Instant firstExpiry;
  private @Nullable Instant lastExpiry;

  public AnswerBook(Faults faults) {
    this.faults = faults;
  }

  public Map<String, Account> accounts() {
    return accounts;
  }

  public Map<Long, Told> told() {
    return told;
  }

  public int decisions() {
    return tenantOf.size();
  }

  /** When the first reservation that was answered could expire, null when there was none. */
  public @Nullable Instant firstExpiry() {
    return firstExpiry;
  }

  /** When the last of them will have expired. */
  public @Nullable Instant lastExpiry() {
    return lastExpiry;
  }

  /** All reservations that nobody ended have expired: their money is back. */
  public void expireOpen() {
    for (Account account : accounts.values()) {
      account.reserved = 0;
      account.open = 0;
    }
  }

  // ---- what was answered -----------------------------------------------------------------------

  public void defined(Answer.Tenant answer) {
    account(answer.tenant(), answer.budget()).initial = answer.budget().initialMicrocents();
    seal(answer.seal(), "TenantDefined", answer.tenant());
  }

  public void toppedUp(Answer.Tenant answer) {
    Account account = account(answer.tenant(), answer.budget());
    Long amount = answer.amountMicrocents();
    if (account.initial == null || amount == null) {
      faults.add(
          "tenant %s was topped up by nothing or before it was known".formatted(answer.tenant()));
    } else {
      account.initial = Math.addExact(account.initial, amount);
    }
    seal(answer.seal(), "ToppedUp", answer.tenant());
  }

  public void decided(Answer.Decision answer) {
    Account account = account(answer.tenant(), answer.budget());
    if (account.initial == null) {
      account.initial = answer.budget().initialMicrocents();
    }
    faults.require(
        tenantOf.put(answer.decisionId(), answer.tenant()) == null,
        () -> "decision %s was answered twice".formatted(answer.decisionId()));
    Answer.Reservation reservation = answer.reservation();
    faults.require(
        (reservation == null) == answer.rejected(),
        () ->
            "decision %s: action %s does not fit to its reservation"
                .formatted(answer.decisionId(), answer.action()));
    if (reservation != null) {
      account.reserved = Math.addExact(account.reserved, reservation.amountMicrocents());
      account.open++;
      Instant expiry = reservation.expires();
      firstExpiry = firstExpiry == null || expiry.isBefore(firstExpiry) ? expiry : firstExpiry;
      lastExpiry = lastExpiry == null || expiry.isAfter(lastExpiry) ? expiry : lastExpiry;
    }
    seal(answer.seal(), "DecisionMade", answer.decisionId());
  }

  public void settled(Answer.Settlement answer) {
    Account account = ownerOf(answer.decisionId(), answer.budget());
    if (account != null) {
      boolean released = answer.status().equals("released");
      Long back = released ? answer.releasedMicrocents() : answer.reservedMicrocents();
      Long cost = released ? Long.valueOf(0) : answer.actualCostMicrocents();
      if (back == null || cost == null) {
        faults.add("the settlement of %s states no amount".formatted(answer.decisionId()));
      } else {
        settle(account, back, cost);
      }
      seal(answer.seal(), released ? "Released" : "Committed", answer.decisionId());
    }
  }

  public void reported(Answer.Outcome answer) {
    Answer.OutcomeSettlement settlement = answer.reservation();
    Account account = ownerOf(answer.decisionId(), answer.budget());
    if (account != null) {
      if (settlement != null) {
        settle(account, settlement.reservedMicrocents(), settlement.actualCostMicrocents());
      }
      seal(answer.seal(), "OutcomeReported", answer.decisionId());
    }
  }

  /** A late one too: then the hold has returned by its expiry, of which nobody was told. */
  private static void settle(Account account, long held, long cost) {
    account.reserved = Math.subtractExact(account.reserved, held);
    account.committed = Math.addExact(account.committed, cost);
    account.open--;
  }

  private Account account(String tenant, Money stated) {
    checkIdentity(tenant, stated);
    return accounts.computeIfAbsent(tenant, name -> new Account());
  }

  private @Nullable Account ownerOf(String decisionId, @Nullable Money stated) {
    String tenant = tenantOf.get(decisionId);
    Account account = tenant == null ? null : accounts.get(tenant);
    if (account == null) {
      faults.add("%s was settled, but never decided".formatted(decisionId));
    } else if (stated != null) {
      checkIdentity(String.valueOf(tenant), stated);
    }
    return account;
  }

  private void checkIdentity(String tenant, Money stated) {
    faults.require(
        stated.identityHolds(),
        () -> "an answer breaks the identity of tenant %s: %s".formatted(tenant, stated));
  }

  private void seal(Answer.@Nullable Seal seal, String type, String subject) {
    if (seal == null) {
      faults.add("an answer about %s has no seal".formatted(subject));
      return;
    }
    Told other = told.put(seal.seq(), new Told(seal.hash(), type, subject));
    faults.require(
        other == null,
        () ->
            "two answers have the seal %d: %s and %s"
                .formatted(seal.seq(), subject, other == null ? "" : other.subject()));
  }

  // ---- against the server ----------------------------------------------------------------------

  /** What the server says it has must be what it answered. */
  public void compare(Answer.Tenant view) {
    Account account = accounts.get(view.tenant());
    if (account == null) {
      faults.add("tenant %s exists, but nothing was answered to it".formatted(view.tenant()));
      return;
    }
    checkIdentity(view.tenant(), view.budget());
    faults.require(
        view.budget().equals(account.money()),
        () ->
            "tenant %s has %s; its answers add up to %s"
                .formatted(view.tenant(), view.budget(), account.money()));
    Long open = view.openReservations();
    faults.require(
        open != null && open == account.openReservations(),
        () ->
            "tenant %s has %s open reservations; its answers leave %d"
                .formatted(view.tenant(), open, account.openReservations()));
  }
}
