package io.quaestor.persistence.checkpoint;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainRefused.Code;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.OpenedNote;
import io.quaestor.persistence.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Handovers are the checkpoints by which each key of a chain vouched for the next one. Whoever got
 * one key from a trusted place can follow them to the key that signs now.
 */
public final class Handovers {

  private final KeyHistory history;
  private final List<KnownCheckpoint> known;

  public Handovers(KeyHistory history, List<KnownCheckpoint> known) {
    this.history = history;
    this.known = List.copyOf(known);
  }

  /** Whether the key with this index (from 1) was handed over to by the one before it. */
  public boolean handedOver(int index) {
    KeyHistory.Adopted next = history.keys().get(index);
    VerifierKey last = history.keys().get(index - 1).key();
    return known.stream()
        .filter(each -> each.checkpoint().size() >= next.seq())
        .anyMatch(each -> isSignedBy(each, last) && isSignedBy(each, next.key()));
  }

  /** The keys that were adopted without the signature of the one before them. */
  public List<KeyHistory.Adopted> missing() {
    List<KeyHistory.Adopted> missing = new ArrayList<>();
    for (int index = 1; index < history.keys().size(); index++) {
      if (!handedOver(index)) {
        missing.add(history.keys().get(index));
      }
    }
    return missing;
  }

  /**
   * @throws ChainRefused when no unbroken line leads from the trusted key to the one that signs now
   */
  public void requireFrom(VerifierKey trusted) {
    int index = indexOf(trusted);
    if (known.stream().noneMatch(each -> isSignedBy(each, trusted))) {
      throw notTrusted("signed no checkpoint of this chain that is still here");
    }
    for (int next = index + 1; next < history.keys().size(); next++) {
      if (!handedOver(next)) {
        throw notTrusted("leads to a later key that was adopted without its signature");
      }
    }
  }

  private int indexOf(VerifierKey trusted) {
    List<VerifierKey> keys = new ArrayList<>();
    history.keys().forEach(each -> keys.add(each.key()));
    int index = keys.indexOf(trusted);
    if (index < 0) {
      throw notTrusted("is none that this chain was ever signed with");
    }
    return index;
  }

  private static ChainRefused notTrusted(String why) {
    return new ChainRefused(Code.CHECKPOINT_KEY_INVALID, "the key that was given " + why);
  }

  private static boolean isSignedBy(KnownCheckpoint checkpoint, VerifierKey key) {
    try {
      Optional<OpenedNote> opened = Optional.of(checkpoint.note().open(List.of(key)));
      return opened.flatMap(note -> note.by(key)).isPresent();
    } catch (NoteRejected e) {
      return false;
    }
  }
}
