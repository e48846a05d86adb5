package io.quaestor.benchmarks.load;

import io.quaestor.benchmarks.load.audit.Answer;
import io.quaestor.benchmarks.load.audit.Faults;
import io.quaestor.benchmarks.load.client.ClientLoop;
import io.quaestor.benchmarks.load.client.RequestBytes;
import io.quaestor.benchmarks.load.client.Response;
import io.quaestor.benchmarks.load.figure.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run: hands out requests, the follow-ups of earlier answers first, and books every answer.
 * Single-threaded; see {@link ClientLoop}.
 */
final class LoadRun implements ClientLoop.Source<Exchange> {

  private static final Set<String> NONE = Set.of();

  /** The server may be too busy for a call; then it says so and nothing was done. */
  private static final Set<String> BUSY = Set.of("503 tenant_busy");

  private static final int REPEAT_DELAY_REQUESTS = 1_000;
  private static final int HEADER_CHECK_EVERY = 16;
  private static final int REMEMBERED_MAX = 200;

  private final Workload workload;
  private final Agenda agenda;
  private final Bookings bookings;
  private final RequestBytes bytes;
  private final long requests;
  private final Tally tally;
  private final Faults faults;
  private final Progress progress;
  private final List<Exchange> remembered = new ArrayList<>();
  private long calls;

  LoadRun(
      Workload workload,
      Agenda agenda,
      Bookings bookings,
      RequestBytes bytes,
      long requests,
      Tally tally,
      Faults faults,
      Progress progress) {
    this.workload = workload;
    this.agenda = agenda;
    this.bookings = bookings;
    this.bytes = bytes;
    this.requests = requests;
    this.tally = tally;
    this.faults = faults;
    this.progress = progress;
  }

  // ---- what is sent ----------------------------------------------------------------------------

  @Override
  public @Nullable Exchange next() {
    if (agenda.sent() == requests) {
      return null;
    }
    Exchange due = agenda.next();
    return due != null ? due : exchange(workload.call(calls++));
  }

  private Exchange exchange(Planned planned) {
    return switch (planned) {
      case Planned.Route route ->
          repeating(
              route.repetition(),
              Exchange.Kind.ROUTE,
              request(route),
              body -> bookings.book(route, body));
      case Planned.Batch batch ->
          repeating(
              batch.repetition(),
              Exchange.Kind.BATCH,
              request(batch),
              body -> bookings.book(batch, body));
      case Planned.Wrong wrong ->
          new Exchange(
              Exchange.Kind.WRONG,
              request(wrong),
              Set.of(wrong.error()),
              null,
              body -> faults.add("a wrong call to %s was accepted".formatted(wrong.path())));
    };
  }

  /** A call of which every repetition must have the same answer. */
  private Exchange repeating(
      Planned.Repetition repetition, Exchange.Kind kind, byte[] request, Exchange.Booking booking) {
    boolean repeats =
        switch (repetition) {
          case AT_ONCE, LATER -> true;
          case NONE, OTHER_BODY -> false;
        };
    Exchange exchange =
        new Exchange(kind, request, NONE, repeats ? new Exchange.Repeated() : null, booking);
    if (repeats) {
      agenda.later(repetition == Planned.Repetition.AT_ONCE ? 0 : REPEAT_DELAY_REQUESTS, exchange);
    }
    return exchange;
  }

  private byte[] request(Planned planned) {
    return bytes.post(planned.path(), planned.body(), planned.key());
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
    Answer.Failure failure = Answer.error(response.body());
    String error = "%d %s".formatted(response.status(), failure.code());
    tally.failed(error);
    faults.require(
        exchange.mayFail().contains(error) || BUSY.contains(error),
        () ->
            "%s was answered %s: %s".formatted(exchange.kind().label(), error, failure.message()));
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
}
