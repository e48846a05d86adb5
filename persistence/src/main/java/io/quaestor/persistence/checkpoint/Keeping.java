package io.quaestor.persistence.checkpoint;

import io.quaestor.persistence.note.SignedNote;
import java.io.IOException;

/**
 * A keeping is what is to be kept of one checkpoint: always as the newest, sometimes for longer.
 *
 * @param segment the segment that it is the first to cover whole; 0 for none
 * @param handover the number of the key that it hands over to; 0 for none
 */
public record Keeping(SignedNote note, int segment, int handover) {

  public void in(Anchor anchor) throws IOException {
    byte[] bytes = note.bytes();
    anchor.keep(bytes);
    if (segment > 0) {
      anchor.keepFor(segment, bytes);
    }
    if (handover > 0) {
      anchor.keepHandover(handover, bytes);
    }
  }

  /** Whether it is worth keeping although there is a newer one. */
  public boolean isMilestone() {
    return segment > 0 || handover > 0;
  }

  /** The same with more signatures. */
  public Keeping withNote(SignedNote signed) {
    return new Keeping(signed, segment, handover);
  }
}
