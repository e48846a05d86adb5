package io.quaestor.shadow.contest;

/** Told of how far long work has come, by one thread at a time. */
@FunctionalInterface
public interface ContestProgress {

  ContestProgress NONE = (step, done, total) -> {};

  /**
   * @param step what is being done, as in {@code routellm-mmlu}
   * @param total in the same unit as {@code done}; 0 when it is not known
   */
  void at(String step, long done, long total);
}
