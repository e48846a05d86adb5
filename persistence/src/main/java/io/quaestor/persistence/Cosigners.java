package io.quaestor.persistence;

import io.quaestor.persistence.note.SignedNote;

/** The witnesses that a node asks to cosign its checkpoints. */
public interface Cosigners {

  /** Nobody is asked. */
  Cosigners NONE =
      new Cosigners() {
        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public boolean required() {
          return false;
        }

        @Override
        public Answer cosign(SignedCheckpoint signed) {
          return new Answer(signed.note(), true);
        }
      };

  boolean isEmpty();

  /** Whether a checkpoint counts only when a quorum has cosigned it. */
  boolean required();

  /** Asks all of them and waits for their answers, each for a bounded time. */
  Answer cosign(SignedCheckpoint signed);

  /**
   * @param note with the cosignatures that came
   * @param quorum whether they are as many as are required before the checkpoint counts
   */
  record Answer(SignedNote note, boolean quorum) {}
}
