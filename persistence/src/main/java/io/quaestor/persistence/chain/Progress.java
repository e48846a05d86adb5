package io.quaestor.persistence.chain;

/** What a long step tells while it runs. Called by one thread at a time, many times a second. */
@FunctionalInterface
public interface Progress {

  Progress NONE = (step, bytesDone, bytesTotal, records) -> {};

  /** The long steps of opening a chain. */
  enum Step {
    VERIFY,
    INDEX
  }

  void at(Step step, long bytesDone, long bytesTotal, long records);
}
