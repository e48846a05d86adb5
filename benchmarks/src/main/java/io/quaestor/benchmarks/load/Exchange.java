package io.quaestor.benchmarks.load;

import io.quaestor.benchmarks.load.client.ClientLoop;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way, with what its answer means.
 *
 * @param mayFail errors (status and code) that are right answers too
 * @param repeated shared by all requests that must get the same answer, null when there are none
 * @param booking takes the body of an answer with status 200
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Exchange(
    Kind kind, byte[] request, Set<String> mayFail, @Nullable Repeated repeated, Booking booking)
    implements ClientLoop.Exchange {

  /** What is counted apart. */
  enum Kind {
    ROUTE("route"),
    BATCH("route/batch"),
    OUTCOME("outcomes"),
    COMMIT("commit"),
    RELEASE("release"),
    TOP_UP("top-up"),
    WRONG("wrong on purpose");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /** Takes an answer into account. */
  interface Booking {
    void book(byte[] body) throws IOException;
  }

  /** The first answer to an idempotency key; the others must be the same bytes. */
  static final class Repeated {
    private byte @Nullable [] first;

    /** The answer that came first, or null when this one does. */
    byte @Nullable [] first(byte[] answer) {
      byte[] before = first;
      if (before == null) {
        first = answer;
      }
      return before;
    }

    byte @Nullable [] known() {
      return first;
    }
  }
}
