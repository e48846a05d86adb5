package io.quaestor.persistence.index;

import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.chain.Place;
import io.quaestor.persistence.chain.Sealed;
import org.jspecify.annotations.Nullable;

/**
 * What the index needs of a record.
 *
 * @param event null for what is not an event of this project
 */
public record IndexedRecord(
    String entity, long eseq, @Nullable Event event, Place place, String hash) {

  public static IndexedRecord of(Sealed sealed) {
    return new IndexedRecord(
        sealed.draft().entity(),
        sealed.draft().eseq(),
        sealed.draft().event(),
        sealed.place(),
        sealed.seal().hash());
  }
}
