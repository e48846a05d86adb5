package io.quaestor.persistence.chain;

/** What a verification came to. */
public sealed interface Verdict {

  /** Every record is good. */
  record Sound(Head head) implements Verdict {}

  /**
   * Every record up to {@code head} is good; what follows in the last segment is what a crash
   * leaves of a write that was not acknowledged.
   *
   * @param from where the torn bytes begin in the last segment
   * @param to where the file ends
   * @param indexed the index had seen the torn record, so it may have been acknowledged
   */
  record Torn(Head head, int segment, long from, long to, Fault fault, boolean indexed)
      implements Verdict {}

  /** Something else than a crash changed the chain. */
  record Broken(Fault fault) implements Verdict {}
}
