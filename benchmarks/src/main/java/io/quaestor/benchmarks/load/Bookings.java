package io.quaestor.benchmarks.load;

import io.quaestor.benchmarks.load.audit.Answer;
import io.quaestor.benchmarks.load.audit.AnswerBook;
import io.quaestor.benchmarks.load.audit.Faults;
import io.quaestor.benchmarks.load.audit.Money;
import io.quaestor.benchmarks.load.client.RequestBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Books accepted answers, and puts on the agenda what follows from them. */
final class Bookings {

  private static final Set<String> NONE = Set.of();

  private static final int OTHER_BODY_DELAY_REQUESTS = 1_000;
  private static final int TOP_UP_DELAY_REQUESTS = 300;
  private static final int TOP_UP_FACTOR = 4;

  private final AnswerBook book;
  private final Fates fates;
  private final Agenda agenda;
  private final RequestBytes bytes;
  private final Tally tally;
  private final Faults faults;
  private final Set<String> toppingUp = new HashSet<>();

  Bookings(
      AnswerBook book, Fates fates, Agenda agenda, RequestBytes bytes, Tally tally, Faults faults) {
    this.book = book;
    this.fates = fates;
    this.agenda = agenda;
    this.bytes = bytes;
    this.tally = tally;
    this.faults = faults;
  }

  // ---- decisions -------------------------------------------------------------------------------

  void book(Planned.Route route, byte[] body) throws IOException {
    book(route.ask(), Answer.decision(body));
    if (route.repetition() == Planned.Repetition.OTHER_BODY) {
      agenda.later(OTHER_BODY_DELAY_REQUESTS, otherBody(route));
    }
  }

  /** The same key for another request of the same tenant. */
  private Exchange otherBody(Planned.Route route) {
    byte[] other = Arrays.copyOf(route.body(), route.body().length + 1);
    other[other.length - 1] = ' ';
    return new Exchange(
        Exchange.Kind.WRONG,
        bytes.post(route.path(), other, route.key()),
        Set.of("422 idempotency_key_reused"),
        null,
        body -> faults.add("the key %s was taken for another body".formatted(route.key())));
  }

  void book(Planned.Batch batch, byte[] body) throws IOException {
    List<Object> entries = Answer.batch(body);
    faults.require(
        entries.size() == batch.asks().size(),
        () ->
            "a batch of %d was answered with %d entries"
                .formatted(batch.asks().size(), entries.size()));
    for (int i = 0; i < Math.min(entries.size(), batch.asks().size()); i++) {
      switch (entries.get(i)) {
        case Answer.Decision decision -> book(batch.asks().get(i), decision);
        case Answer.Failure error -> {
          tally.failed("in a batch: " + error.code());
          faults.add("an entry of a batch was refused: " + error.code());
        }
        default -> throw new IllegalStateException("neither a decision nor an error");
      }
    }
  }

  private void book(Planned.Ask ask, Answer.Decision decision) {
    tally.decided(decision);
    book.decided(decision);
    faults.require(
        decision.tenant().equals(ask.tenant()),
        () ->
            "decision %s for tenant %s was made for tenant %s"
                .formatted(decision.decisionId(), ask.tenant(), decision.tenant()));
    for (Fates.FollowUp call : fates.of(ask, decision)) {
      follow(ask, call);
    }
    topUpIfBelowZero(ask.tenant(), decision.budget());
  }

  // ---- what follows ----------------------------------------------------------------------------

  private void follow(Planned.Ask ask, Fates.FollowUp call) {
    Exchange exchange =
        new Exchange(
            call.kind(),
            bytes.post(call.path(), call.body(), call.key()),
            call.mayFail(),
            call.repeatDelayRequests() == null ? null : new Exchange.Repeated(),
            body -> bookFollowUp(ask, call, body));
    agenda.later(call.delayRequests(), exchange);
    if (call.repeatDelayRequests() != null) {
      agenda.later(call.delayRequests() + call.repeatDelayRequests(), exchange);
    }
  }

  private void bookFollowUp(Planned.Ask ask, Fates.FollowUp call, byte[] body) throws IOException {
    if (call.mustFail()) {
      faults.add("%s was accepted for a rejected decision".formatted(call.kind().label()));
      return;
    }
    Money budget;
    if (call.kind() == Exchange.Kind.OUTCOME) {
      Answer.Outcome outcome = Answer.outcome(body);
      book.reported(outcome);
      budget = outcome.budget();
    } else {
      Answer.Settlement settlement = Answer.settlement(body);
      book.settled(settlement);
      budget = settlement.budget();
    }
    if (budget != null) {
      topUpIfBelowZero(ask.tenant(), budget);
    }
  }

  /** A tenant that owes is blocked; after a while somebody pays. */
  private void topUpIfBelowZero(String tenant, Money budget) {
    if (budget.remainingMicrocents() >= 0 || !toppingUp.add(tenant)) {
      return;
    }
    tally.blocked();
    long amount = Math.multiplyExact(TOP_UP_FACTOR, -budget.remainingMicrocents());
    byte[] body =
        Workload.json(
            out -> {
              out.writeStartObject();
              out.writeNumberField("amount_microcents", amount);
              out.writeEndObject();
            });
    Exchange exchange =
        new Exchange(
            Exchange.Kind.TOP_UP,
            bytes.post("/api/v1/tenants/" + tenant + "/top-up", body, null),
            NONE,
            null,
            answer -> {
              book.toppedUp(Answer.tenant(answer));
              toppingUp.remove(tenant);
            });
    agenda.later(TOP_UP_DELAY_REQUESTS, exchange);
  }
}
