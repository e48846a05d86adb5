package io.quaestor.persistence.chain;

/** What a long step tells while it runs. Called by one thread at a time, many times a second. */
@FunctionalInterface
public interface Progress {

  Progress NONE = (step, bytesDone, bytesTotal, records) -> {};

  /** The long steps. */
  enum Step {
    VERIFY,
    INDEX,
    EXPORT,
    REPLAY
  }

  void at(Step step, long bytesDone, long bytesTotal, long records);
}
