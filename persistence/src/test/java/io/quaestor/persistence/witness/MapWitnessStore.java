package io.quaestor.persistence.witness;

import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.SignedNote;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store that forgets at its end, and that can be made to fail. */
final class MapWitnessStore implements WitnessStore {

  private final Map<String, SignedNote> notes = new ConcurrentHashMap<>();
  private volatile boolean failing;

  void fail(boolean yes) {
    failing = yes;
  }

  Optional<SignedNote> note(String origin) {
    return Optional.ofNullable(notes.get(origin));
  }

  @Override
  public Optional<Checkpoint> load(String origin) {
    return note(origin).map(note -> Checkpoint.parse(note.text()));
  }

  @Override
  public void store(String origin, SignedNote checkpoint) {
    if (failing) {
      throw new WitnessStoreFailed("the disk is full");
    }
    notes.put(origin, checkpoint);
  }
}
