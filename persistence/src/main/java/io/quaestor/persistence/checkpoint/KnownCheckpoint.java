package io.quaestor.persistence.checkpoint;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainRefused.Code;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.SignedNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A checkpoint that was found somewhere, with nothing checked but its form.
 *
 * @param label where it was found
 * @param outside whether that is another place than the data directory
 */
public record KnownCheckpoint(
    String label, boolean outside, SignedNote note, Checkpoint checkpoint) {

  /**
   * Reads all checkpoints of a place.
   *
   * @throws ChainRefused when one cannot be read as what it should be
   */
  public static List<KnownCheckpoint> in(Anchor place, boolean outside) throws IOException {
    List<KnownCheckpoint> known = new ArrayList<>();
    for (Anchor.Kept kept : place.all()) {
      known.add(read(kept, outside));
    }
    return known;
  }

  /**
   * Reads one.
   *
   * @throws ChainRefused when it cannot be read as what it should be
   */
  public static KnownCheckpoint read(Anchor.Kept kept, boolean outside) {
    try {
      SignedNote note = SignedNote.parse(kept.bytes());
      return new KnownCheckpoint(kept.label(), outside, note, Checkpoint.parse(note.text()));
    } catch (NoteRejected e) {
      throw isBareCheckpoint(kept.bytes())
          ? new ChainRefused(
              Code.CHECKPOINT_UNSIGNED,
              "the checkpoint %s has no signature; restore it from a backup or an anchor"
                  .formatted(kept.label()),
              e)
          : new ChainRefused(
              Code.CHECKPOINT_DAMAGED,
              "%s is no checkpoint: %s; restore it from a backup or an anchor"
                  .formatted(kept.label(), e.getMessage()),
              e);
    }
  }

  /** Whether the bytes are a checkpoint whose signatures were taken off. */
  private static boolean isBareCheckpoint(byte[] bytes) {
    try {
      Checkpoint.parse(new String(bytes, StandardCharsets.UTF_8).stripTrailing() + "\n");
      return true;
    } catch (NoteRejected e) {
      return false;
    }
  }
}
