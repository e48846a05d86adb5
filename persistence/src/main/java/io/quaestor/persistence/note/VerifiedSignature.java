package io.quaestor.persistence.note;

import java.time.Instant;

/** A signature that was checked and fits. */
public sealed interface VerifiedSignature {

  VerifierKey key();

  SignatureLine line();

  /** The holder of the key vouches for the text. */
  record Plain(VerifierKey key, SignatureLine line) implements VerifiedSignature {}

  /**
   * A witness saw the checkpoint follow from all it had seen of the log.
   *
   * @param time when it was the largest tree the witness knew, by the witness's clock
   */
  record Cosignature(VerifierKey key, SignatureLine line, Instant time)
      implements VerifiedSignature {}
}
