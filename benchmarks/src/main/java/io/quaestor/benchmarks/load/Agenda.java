package io.quaestor.benchmarks.load;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What is to be sent later. Time is counted in requests, so that it needs no clock. */
final class Agenda {

  private record Due(long atRequest, long order, Exchange exchange) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::atRequest).thenComparingLong(Due::order));
  private long sent;
  private long added;

  void later(int delayRequests, Exchange exchange) {
    due.add(new Due(sent + delayRequests, added++, exchange));
  }

  /** Counts one request more, and takes the exchange whose turn it is, if any. */
  @Nullable Exchange next() {
    sent++;
    Due first = due.peek();
    if (first == null || first.atRequest() > sent) {
      return null;
    }
    due.remove();
    return first.exchange();
  }

  long sent() {
    return sent;
  }
}
