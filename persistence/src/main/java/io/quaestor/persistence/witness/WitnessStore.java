package io.quaestor.persistence.witness;

import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.SignedNote;
import java.util.Optional;

/**
 * The memory of a witness: the last checkpoint that it cosigned of each log. A witness that forgets
 * one would cosign a rolled-back log, so what cannot be read is a failure and never "none".
 *
 * <p>Calls for one origin come one at a time; those for different ones may come together.
 */
public interface WitnessStore {

  /**
   * The checkpoint on record; empty when there never was one.
   *
   * @throws WitnessStoreFailed when that cannot be told
   */
  Optional<Checkpoint> load(String origin);

  /**
   * Replaces the record; the new one survives a power cut when this returns.
   *
   * @throws WitnessStoreFailed when it is not known which of the two does
   */
  void store(String origin, SignedNote checkpoint);
}
