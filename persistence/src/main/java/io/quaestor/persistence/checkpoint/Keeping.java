package io.quaestor.persistence.checkpoint;

import io.quaestor.persistence.note.SignedNote;
import java.io.IOException;
import java.util.List;

/**
 * A keeping is what is to be kept of one checkpoint: always as the newest, sometimes for longer.
 *
 * @param milestones the names that it is kept under for longer
 */
public record Keeping(SignedNote note, List<String> milestones) {

  public Keeping {
    milestones = List.copyOf(milestones);
  }

  /** Milestones first: whatever the newest one promises is then already safe. */
  public void in(Anchor anchor) throws IOException {
    milestonesIn(anchor);
    anchor.keep(note.bytes());
  }

  public void milestonesIn(Anchor anchor) throws IOException {
    for (String milestone : milestones) {
      anchor.keepMilestone(milestone, note.bytes());
    }
  }

  /** The same with more signatures. */
  public Keeping withNote(SignedNote signed) {
    return new Keeping(signed, milestones);
  }
}
