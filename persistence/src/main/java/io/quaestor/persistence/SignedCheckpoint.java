package io.quaestor.persistence;

import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.SignedNote;

/** A checkpoint with the note that carries its signatures. */
public record SignedCheckpoint(Checkpoint checkpoint, SignedNote note) {

  public static SignedCheckpoint of(SignedNote note) {
    return new SignedCheckpoint(Checkpoint.parse(note.text()), note);
  }

  public long size() {
    return checkpoint.size();
  }
}
