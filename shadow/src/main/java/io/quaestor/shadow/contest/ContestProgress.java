package io.quaestor.shadow.contest;

/** Told whenever a part of a contest is done; by one thread at a time. */
@FunctionalInterface
public interface ContestProgress {

  ContestProgress NONE = (set, done, total) -> {};

  void at(String set, int done, int total);
}
