package io.quaestor.persistence.chain;

/**
 * The head is the last record of a chain.
 *
 * @param seq 0 when the chain is empty
 * @param hash 64 zeros when the chain is empty
 * @param segment the segment that holds it (1 when the chain is empty)
 * @param end offset behind its line end
 */
public record Head(long seq, String hash, int segment, long end) {

  public static final String NO_HASH = "0".repeat(64);
  public static final Head EMPTY = new Head(0, NO_HASH, 1, 0);
}
