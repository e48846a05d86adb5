package io.quaestor.persistence.index;

import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.chain.Place;
import io.quaestor.persistence.chain.Sealed;
import org.jspecify.annotations.Nullable;

/**
 * What the index needs of a record.
 *
 * @param event when it is one that {@link #matters}, may be null otherwise
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

  /** Whether events of this type have entries beyond their place. */
  public static boolean matters(String type) {
    return switch (type) {
      case "DecisionMade", "Committed", "Released", "Expired", "EventsDeleted", "SnapshotSaved" ->
          true;
      default -> false;
    };
  }
}
