package io.quaestor.persistence.chain;

/** What stands on disk is not the record that was sealed there. */
public final class RecordDamaged extends RuntimeException {

  private static final long serialVersionUID = 1;

  RecordDamaged(Place place, String what) {
    super(
        "record %d (%s, byte %d) cannot be read back: %s"
            .formatted(place.seq(), Segments.name(place.segment()), place.offset(), what));
  }
}
