package io.quaestor.persistence.journal;

/**
 * An event with this number of this entity exists: two incarnations of one actor write. The later
 * one must recover first.
 */
public final class WriteConflict extends RuntimeException {

  private static final long serialVersionUID = 1;

  WriteConflict(String entity, long eseq, long highest) {
    super(
        "event %d of %s was to be written, but events up to %d exist: another writer is active"
            .formatted(eseq, entity, highest));
  }
}
