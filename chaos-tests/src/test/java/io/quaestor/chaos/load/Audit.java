package io.quaestor.chaos.load;

import io.quaestor.chaos.chain.Account;
import io.quaestor.chaos.chain.Books;
import io.quaestor.chaos.chain.Follower;
import io.quaestor.chaos.chain.Money;
import io.quaestor.chaos.client.Answer;
import io.quaestor.chaos.client.Connection;
import io.quaestor.chaos.load.History.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The audit holds what the clients of a load were told against what the chain says. */
public final class Audit {

  private static final int REPEATED_MAX = 40;

  private final Load load;
  private final Follower follower;
  private final Books books = new Books();

  public Audit(Load load, Follower follower) {
    this.load = load;
    this.follower = follower;
  }

  /** The books as of the last look at the chain. */
  public Books books() {
    return books;
  }

  /** Reads what was added to the chain, then compares it with the whole history. */
  public void compare() {
    follower.news().forEach(books::add);
    compare(load, books);
  }

  /**
   * Every acknowledged call is in the chain under the seal that was answered; what was refused or
   * never sent is not; the rest is there once or not at all, because the books take no mark twice.
   */
  public static void compare(Load load, Books books) {
    List<String> wrong = new ArrayList<>(load.violations());
    Set<String> repeated = repeatedLater(load);
    for (Entry entry : load.entries()) {
      for (int i = 0; i < entry.fates().size(); i++) {
        String mark = entry.call().marks().get(i);
        String fault = fault(books, mark, entry.fates().get(i));
        boolean notDone = !(entry.fates().get(i) instanceof Fate.Sealed);
        if (fault != null && !(notDone && repeated.contains(mark))) {
          wrong.add("%s: %s".formatted(fault, entry.call()));
        }
      }
    }
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "%d calls are not as they were answered, the first: %s"
              .formatted(wrong.size(), wrong.subList(0, Math.min(5, wrong.size()))));
    }
  }

  /** A call that was not done may have been when it was repeated. */
  private static Set<String> repeatedLater(Load load) {
    Set<String> once = new HashSet<>();
    Set<String> repeated = new HashSet<>();
    for (Entry entry : load.entries()) {
      for (String mark : entry.call().marks()) {
        if (!once.add(mark)) {
          repeated.add(mark);
        }
      }
    }
    return repeated;
  }

  private static @Nullable String fault(Books books, String mark, Fate fate) {
    Long found = books.find(mark);
    return switch (fate) {
      case Fate.NotSent notSent -> found == null ? null : "was never sent, but is record " + found;
      case Fate.Refused refused -> found == null ? null : "was refused, but is record " + found;
      case Fate.Unknown unknown -> null;
      case Fate.Sealed sealed when found == null ->
          "was answered with %s, but is not in the chain".formatted(sealed);
      case Fate.Sealed sealed when found != sealed.seq() ->
          "was answered with record %d, but is record %d".formatted(sealed.seq(), found);
      case Fate.Sealed sealed ->
          sealed.hash().equals(books.hash(sealed.seq()))
                  && sealed.prev().equals(books.hash(sealed.seq() - 1))
              ? null
              : "was answered with another seal than that of record %d: %s"
                  .formatted(found, sealed);
    };
  }

  // ---- repeating -------------------------------------------------------------------------------

  /**
   * Repeats each call under a key whose fate is unknown: what is in the chain is answered with its
   * seal, what is not is done now, once.
   *
   * @return how many were repeated
   */
  public int repeatUnknown(Connection connection) throws IOException {
    int repeated = 0;
    for (Entry entry : unknown()) {
      Map<String, Long> before = found(entry.call());
      List<Fate> fates = entry.call().fates(entry.call().on(connection));
      for (int i = 0; i < fates.size(); i++) {
        Long seq = before.get(entry.call().marks().get(i));
        if (seq != null && !(fates.get(i) instanceof Fate.Sealed sealed && sealed.seq() == seq)) {
          throw new AssertionError(
              "%s is record %d, but its repetition was %s"
                  .formatted(entry.call(), seq, fates.get(i)));
        }
      }
      load.history().add(entry.call(), fates);
      repeated++;
    }
    return repeated;
  }

  /** Calls under a key of which only the unknown is known; one that was repeated has a fate now. */
  private List<Entry> unknown() {
    Map<String, Entry> open = new HashMap<>();
    for (Entry entry : load.entries()) {
      String key = entry.call().key();
      if (key == null) {
        continue;
      }
      if (entry.hasAny(Fate.Unknown.class)) {
        open.put(entry.call().path() + key, entry);
      } else {
        open.remove(entry.call().path() + key);
      }
    }
    return List.copyOf(open.values());
  }

  private Map<String, Long> found(Call call) {
    Map<String, Long> found = new HashMap<>();
    for (String mark : call.marks()) {
      Long seq = books.find(mark);
      if (seq != null) {
        found.put(mark, seq);
      }
    }
    return found;
  }

  /** Repeats some acknowledged calls under a key: the answers are the same, word for word. */
  public void repeatAnswered(Connection connection, Random random) throws IOException {
    List<Entry> answered =
        new ArrayList<>(
            load.history()
                .entries(entry -> entry.call().key() != null && entry.isAll(Fate.Sealed.class)));
    Collections.shuffle(answered, random);
    for (Entry entry : answered.subList(0, Math.min(REPEATED_MAX, answered.size()))) {
      List<Fate> again = entry.call().fates(entry.call().on(connection));
      if (!again.equals(entry.fates())) {
        throw new AssertionError(
            "%s was answered %s and, repeated, %s".formatted(entry.call(), entry.fates(), again));
      }
    }
  }

  // ---- budgets ---------------------------------------------------------------------------------

  /** Every tenant's budget, as the server answers it, is the one that its records come to. */
  public void compareBudgets(Connection connection) throws IOException {
    Map<String, Integer> events = new HashMap<>();
    books.accounts().forEach((tenant, account) -> events.put(tenant, account.events()));
    Map<String, Money> answered = new HashMap<>();
    for (String tenant : load.tenants()) {
      Answer answer = connection.get("/api/v1/tenants/" + tenant).ok();
      answered.put(tenant, Money.of(answer.json().path("budget")));
    }
    follower.news().forEach(books::add);
    answered.forEach(
        (tenant, money) -> {
          Account account = books.account(tenant);
          // A reservation may have expired in between.
          if (!money.isIdentical() || !account.hasBeen(money, events.getOrDefault(tenant, 0))) {
            throw new AssertionError(
                "tenant %s has %s, but its records come to %s"
                    .formatted(tenant, money, account.money()));
          }
        });
  }
}
