package io.quaestor.persistence.checkpoint;

import io.quaestor.kernel.event.Event.AnchorAdopted;
import io.quaestor.kernel.event.Event.KeyAdopted;
import io.quaestor.persistence.chain.Adoption;
import io.quaestor.persistence.note.VerifierKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which key signs the checkpoints of which sizes, and where they are anchored, as the chain itself
 * says. A key signs from the size that includes the record of its adoption.
 */
public record KeyHistory(List<Adopted> keys, Set<String> anchors) {

  public static final KeyHistory NONE = new KeyHistory(List.of(), Set.of());

  /** A key, and the number of the record that adopted it. */
  public record Adopted(long seq, VerifierKey key) {}

  public KeyHistory {
    keys = List.copyOf(keys);
    anchors = Set.copyOf(anchors);
  }

  public static KeyHistory of(List<Adoption> adoptions) {
    List<Adopted> keys = new ArrayList<>();
    Set<String> anchors = new HashSet<>();
    for (Adoption each : adoptions) {
      switch (each.event()) {
        case KeyAdopted key -> keys.add(new Adopted(each.seq(), VerifierKey.parse(key.vkey())));
        case AnchorAdopted anchor -> anchors.add(anchor.anchor());
        default -> {}
      }
    }
    return new KeyHistory(keys, anchors);
  }

  /** The history when one more key has been adopted. */
  public KeyHistory with(Adopted next) {
    List<Adopted> more = new ArrayList<>(keys);
    more.add(next);
    return new KeyHistory(more, anchors);
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The key that signs now; empty before the first was adopted. */
  public Optional<Adopted> current() {
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.getLast());
  }

  /** The key that signs a checkpoint of this size. */
  public Optional<Adopted> inForceAt(long size) {
    return keys.stream().filter(each -> each.seq() <= size).reduce((first, later) -> later);
  }

  /** All keys there have been, each once. */
  public List<VerifierKey> verifiers() {
    return keys.stream().map(Adopted::key).distinct().toList();
  }

  /** Whether a chain of this size must have a checkpoint: records came behind the first key. */
  public boolean demandsCheckpoint(long size) {
    return !keys.isEmpty() && size > keys.getFirst().seq();
  }
}
