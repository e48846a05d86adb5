package io.quaestor.persistence.chain;

/**
 * Evidence is what the index knows about the chain's end. It is written only after the sync of the
 * records it speaks of, so it is never ahead of what was on disk.
 *
 * @param place of the last record it knows
 * @param hash of that record
 */
public record Evidence(Place place, String hash) {

  public long seq() {
    return place.seq();
  }
}
