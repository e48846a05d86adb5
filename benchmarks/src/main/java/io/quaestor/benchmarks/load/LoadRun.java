package io.quaestor.benchmarks.load;

import io.quaestor.benchmarks.load.audit.Answer;
import io.quaestor.benchmarks.load.audit.AnswerBook;
import io.quaestor.benchmarks.load.audit.Faults;
import io.quaestor.benchmarks.load.audit.Money;
import io.quaestor.benchmarks.load.client.ClientLoop;
import io.quaestor.benchmarks.load.client.RequestBytes;
import io.quaestor.benchmarks.load.client.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run: hands out requests, the follow-ups of earlier answers first, and books every answer.
 * Single-threaded; see {@link ClientLoop}.
 */
final class LoadRun implements ClientLoop.Source<Exchange> {

  private static final Set<String> NONE = Set.of();

  /** The server may be too busy for a call; then it says so and nothing was done. */
  private static final Set<String> BUSY = Set.of("tenant_busy");

  private static final int REPEAT_DELAY_REQUESTS = 1_000;
  private static final int TOP_UP_DELAY_REQUESTS = 300;
  private static final int TOP_UP_FACTOR = 4;
  private static final int HEADER_CHECK_EVERY = 16;
  private static final int REMEMBERED_MAX = 200;

  /** A request that waits until the run has come so far. */
  private record Due(long atRequest, long order, Exchange exchange) {}

  private final Workload workload;
  private final Fates fates;
  private final RequestBytes bytes;
  private final long requests;
  private final AnswerBook book;
  private final Tally tally;
  private final Faults faults;
  private final Progress progress;

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::atRequest).thenComparingLong(Due::order));
  private final Set<String> toppingUp = new HashSet<>();
  private final List<Exchange> remembered = new ArrayList<>();
  private long sent;
  private long calls;
  private long dues;

  LoadRun(
      Workload workload,
      Fates fates,
      RequestBytes bytes,
      long requests,
      AnswerBook book,
      Tally tally,
      Faults faults,
      Progress progress) {
    this.workload = workload;
    this.fates = fates;
    this.bytes = bytes;
    this.requests = requests;
    this.book = book;
    this.tally = tally;
    this.faults = faults;
    this.progress = progress;
  }

  // ---- what is sent ----------------------------------------------------------------------------

  @Override
  public @Nullable Exchange next() {
    if (sent == requests) {
      return null;
    }
    sent++;
    Due first = due.peek();
    if (first != null && first.atRequest() <= sent) {
      due.remove();
      return first.exchange();
    }
    return exchange(workload.call(calls++));
  }

  private Exchange exchange(Planned planned) {
    return switch (planned) {
      case Planned.Route route -> {
        Exchange.Repeated repeated = repeated(route.repetition());
        Exchange exchange =
            new Exchange(
                Exchange.Kind.ROUTE,
                request(route),
                BUSY,
                repeated,
                body -> bookRoute(route, body));
        repeat(route.repetition(), exchange);
        yield exchange;
      }
      case Planned.Batch batch -> {
        Exchange.Repeated repeated = repeated(batch.repetition());
        Exchange exchange =
            new Exchange(
                Exchange.Kind.BATCH, request(batch), NONE, repeated, body -> book(batch, body));
        repeat(batch.repetition(), exchange);
        yield exchange;
      }
      case Planned.Wrong wrong ->
          new Exchange(
              Exchange.Kind.WRONG,
              request(wrong),
              Set.of(wrong.code()),
              null,
              body -> faults.add("a wrong call to %s was accepted".formatted(wrong.path())));
    };
  }

  private byte[] request(Planned planned) {
    return bytes.post(planned.path(), planned.body(), planned.key());
  }

  private static Exchange.@Nullable Repeated repeated(Planned.Repetition repetition) {
    return switch (repetition) {
      case AT_ONCE, LATER -> new Exchange.Repeated();
      case NONE, OTHER_BODY -> null;
    };
  }

  private void repeat(Planned.Repetition repetition, Exchange exchange) {
    switch (repetition) {
      case AT_ONCE -> later(0, exchange);
      case LATER -> later(REPEAT_DELAY_REQUESTS, exchange);
      case NONE, OTHER_BODY -> {}
    }
  }

  private void later(int delayRequests, Exchange exchange) {
    due.add(new Due(sent + delayRequests, dues++, exchange));
  }

  // ---- what is answered ------------------------------------------------------------------------

  @Override
  public void answered(Exchange exchange, Response response, long nanos) {
    tally.answered(exchange.kind(), nanos);
    try {
      if (response.status() == 200) {
        accepted(exchange, response);
      } else {
        refused(exchange, response);
      }
    } catch (IOException | RuntimeException e) {
      faults.add(
          "an answer to %s cannot be read: %s".formatted(exchange.kind().label(), e.getMessage()));
    }
  }

  private void accepted(Exchange exchange, Response response) throws IOException {
    Exchange.Repeated repeated = exchange.repeated();
    byte[] first = repeated == null ? null : repeated.first(response.body());
    if (first == null) {
      exchange.booking().book(response.body());
      checkHeader(exchange, response);
      if (repeated != null && remembered.size() < REMEMBERED_MAX) {
        remembered.add(exchange);
      }
      return;
    }
    tally.repeated();
    faults.require(
        Arrays.equals(first, response.body()),
        () ->
            "a repeated call to %s got another answer: %d bytes, then %d"
                .formatted(exchange.kind().label(), first.length, response.body().length));
  }

  /** Some accepted calls under a key: whenever they are repeated, they have the known answer. */
  List<Exchange> remembered() {
    return Collections.unmodifiableList(remembered);
  }

  private void checkHeader(Exchange exchange, Response response) throws IOException {
    if (exchange.kind() == Exchange.Kind.ROUTE && tally.requests() % HEADER_CHECK_EVERY == 0) {
      String hash = Answer.decision(response.body()).seal().hash();
      faults.require(
          response.header("x-quaestor-audit-hash").filter(hash::equals).isPresent(),
          () -> "the header x-quaestor-audit-hash is not the seal %s".formatted(hash));
    }
  }

  private void refused(Exchange exchange, Response response) throws IOException {
    Answer.Failure error = Answer.error(response.body());
    tally.failed(response.status(), error.code());
    faults.require(
        exchange.mayFail().contains(error.code()) || BUSY.contains(error.code()),
        () ->
            "%s was answered %d %s: %s"
                .formatted(
                    exchange.kind().label(), response.status(), error.code(), error.message()));
  }

  @Override
  public void lost(Exchange exchange, String why) {
    tally.lost();
    faults.add("%s was lost: %s".formatted(exchange.kind().label(), why));
  }

  @Override
  public void tick() {
    progress.at(tally.requests());
  }

  // ---- booking ---------------------------------------------------------------------------------

  private void bookRoute(Planned.Route route, byte[] body) throws IOException {
    Answer.Decision decision = Answer.decision(body);
    book(route.ask(), decision);
    if (route.repetition() == Planned.Repetition.OTHER_BODY) {
      later(REPEAT_DELAY_REQUESTS, otherBody(route));
    }
  }

  /** The same key for another request of the same tenant. */
  private Exchange otherBody(Planned.Route route) {
    byte[] other = Arrays.copyOf(route.body(), route.body().length + 1);
    other[other.length - 1] = ' ';
    return new Exchange(
        Exchange.Kind.WRONG,
        bytes.post(route.path(), other, route.key()),
        Set.of("idempotency_key_reused"),
        null,
        body -> faults.add("the key %s was taken for another body".formatted(route.key())));
  }

  private void book(Planned.Batch batch, byte[] body) throws IOException {
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
          tally.failed(200, "in a batch: " + error.code());
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

  private void follow(Planned.Ask ask, Fates.FollowUp call) {
    Exchange exchange =
        new Exchange(
            call.kind(),
            bytes.post(call.path(), call.body(), call.key()),
            call.mayFail(),
            call.repeatDelayRequests() == null ? null : new Exchange.Repeated(),
            body -> bookFollowUp(ask, call, body));
    later(call.delayRequests(), exchange);
    if (call.repeatDelayRequests() != null) {
      later(call.delayRequests() + call.repeatDelayRequests(), exchange);
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
    later(TOP_UP_DELAY_REQUESTS, exchange);
  }
}
