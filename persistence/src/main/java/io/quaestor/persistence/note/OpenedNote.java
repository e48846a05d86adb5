package io.quaestor.persistence.note;

import java.util.List;
import java.util.Optional;

/**
 * A note whose text at least one known key vouches for.
 *
 * @param signatures those of known keys, in the order of the note, one of each key
 */
public record OpenedNote(String text, List<VerifiedSignature> signatures) {

  /** Takes a copy. */
  public OpenedNote {
    signatures = List.copyOf(signatures);
  }

  /** The signature by this key. */
  public Optional<VerifiedSignature> by(VerifierKey key) {
    return signatures.stream().filter(signature -> signature.key().equals(key)).findFirst();
  }

  /** The note without the signatures that nobody checked. */
  public SignedNote verifiedOnly() {
    return new SignedNote(text, signatures.stream().map(VerifiedSignature::line).toList());
  }
}
