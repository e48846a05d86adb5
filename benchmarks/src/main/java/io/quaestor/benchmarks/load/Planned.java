package io.quaestor.benchmarks.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that the workload wants made, as it follows from the seed and its number. */
sealed interface Planned {

  String path();

  byte[] body();

  @Nullable String key();

  /** What else is done with an idempotency key. */
  enum Repetition {
    NONE,
    /** Sent again while the first call may still be under way. */
    AT_ONCE,
    /** Sent again later. */
    LATER,
    /** Another body under the same key later: must be refused. */
    OTHER_BODY
  }

  /** One decision that is asked for. */
  record Ask(long number, String tenant, Sizes.Size size) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Route(Ask ask, byte[] body, @Nullable String key, Repetition repetition)
      implements Planned {
    @Override
    public String path() {
      return "/api/v1/route";
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Batch(List<Ask> asks, byte[] body, @Nullable String key, Repetition repetition)
      implements Planned {
    @Override
    public String path() {
      return "/api/v1/route/batch";
    }
  }

  /**
   * A call that must be refused and must change nothing.
   *
   * @param error status and code of the refusal
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Wrong(String path, byte[] body, String error) implements Planned {
    @Override
    public @Nullable String key() {
      return null;
    }
  }
}
