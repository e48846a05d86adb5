package io.quaestor.persistence.chain;

import java.util.Locale;

/**
 * A fault is the first place where a chain is not what it must be.
 *
 * @param seq the number of the record that should stand there
 * @param segment the segment's number
 * @param offset where its line begins
 * @param detail what was found, for a person
 */
public record Fault(Kind kind, long seq, int segment, long offset, String detail) {

  /** What is wrong with a record. */
  public enum Kind {
    /** The bytes do not have the hash before them. */
    HASH_MISMATCH,
    /** The record does not name the hash of the one before it. */
    LINK_MISMATCH,
    /** A later number is next: records are missing here. */
    SEQUENCE_GAP,
    /** A number is next that was there before. */
    SEQUENCE_REPEATED,
    /** A later number is next, and the missing record stands further on. */
    RECORDS_REORDERED,
    /** Not a line of the record layout. */
    MALFORMED,
    /** The file ends within the line. */
    INCOMPLETE,
    /** An atomic write whose last record is not there. */
    INCOMPLETE_WRITE,
    /** A segment file is not there. */
    MISSING_SEGMENT,
    /** The index has seen later records. */
    RECORDS_MISSING,
    /** A newer release wrote it. */
    VERSION_MISMATCH,
    /** Another node wrote it. */
    NODE_MISMATCH;

    /** What is wrong when {@code found} stands where {@code expected} should. */
    static Kind ofNumber(long found, long expected) {
      return found > expected ? SEQUENCE_GAP : SEQUENCE_REPEATED;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  ChainRefused.Code code() {
    return switch (kind) {
      case VERSION_MISMATCH -> ChainRefused.Code.FORMAT_TOO_NEW;
      case NODE_MISMATCH -> ChainRefused.Code.NODE_MISMATCH;
      case HASH_MISMATCH,
          LINK_MISMATCH,
          SEQUENCE_GAP,
          SEQUENCE_REPEATED,
          RECORDS_REORDERED,
          MALFORMED,
          INCOMPLETE,
          INCOMPLETE_WRITE,
          MISSING_SEGMENT ->
          ChainRefused.Code.CHAIN_BROKEN;
      case RECORDS_MISSING -> ChainRefused.Code.CHAIN_TRUNCATED;
    };
  }

  /** The fault as a sentence that names the record, the place, the reason and what to do. */
  public String sentence() {
    return "the chain is broken at record %d (%s, byte %d): %s, %s. %s"
        .formatted(seq, Segments.name(segment), offset, kind, detail, advice());
  }

  private String advice() {
    return switch (kind) {
      case VERSION_MISMATCH -> "Start the release that wrote it, or a newer one.";
      case NODE_MISMATCH -> "Start with the node name that wrote it, or with another directory.";
      default ->
          "Keep a copy of the directory as evidence, then restore it from a backup or start with an"
              + " empty directory.";
    };
  }
}
