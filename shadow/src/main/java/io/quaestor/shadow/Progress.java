package io.quaestor.shadow;

/** Told of how far long work has come; calls are cheap to ignore. */
@FunctionalInterface
public interface Progress {

  Progress NONE = (step, done, total) -> {};

  /**
   * @param step what is being done, as in {@code Reading kdd.csv.gz}
   * @param total in the same unit as {@code done}; 0 when it is not known
   */
  void at(String step, long done, long total);
}
