package io.quaestor.persistence.witness;

import io.quaestor.persistence.note.SignatureLine;
import java.time.Instant;

/** What came of asking a witness. Only a cosignature is checked; the rest is what somebody said. */
public sealed interface WitnessResult {

  /** The witness vouches for the checkpoint. */
  record Cosigned(SignatureLine line, Instant time) implements WitnessResult {}

  /**
   * The witness says it has seen a longer log than the one submitted. Unless somebody submitted a
   * newer checkpoint meanwhile, this log was rolled back.
   */
  record Ahead(long size) implements WitnessResult {}

  /**
   * The witness says no.
   *
   * @param text what it says, shortened to what can be shown
   */
  record Refused(int status, String text) implements WitnessResult {}

  /** It says yes, and what it sent is not its cosignature of this checkpoint. */
  record Unproven(String reason) implements WitnessResult {}

  /** There was no answer. */
  record Unreachable(String reason) implements WitnessResult {}
}
