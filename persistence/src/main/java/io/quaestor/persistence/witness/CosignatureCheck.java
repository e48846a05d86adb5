package io.quaestor.persistence.witness;

import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.SignatureLine;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.VerifiedSignature;
import io.quaestor.persistence.note.VerifierKey;
import io.quaestor.persistence.witness.WitnessResult.Cosigned;
import io.quaestor.persistence.witness.WitnessResult.Unproven;
import java.util.List;
import java.util.Optional;

/** Looks for the cosignature of one witness in the signature lines that it sent. */
final class CosignatureCheck {

  private final VerifierKey witness;

  CosignatureCheck(VerifierKey witness) {
    this.witness = witness;
  }

  /** The cosignature of the note; lines of other keys are not looked at. */
  WitnessResult result(String body, SignedNote note) {
    Optional<SignatureLine> line = lines(body).stream().filter(witness::isNamedBy).findFirst();
    if (line.isEmpty()) {
      return new Unproven("the answer has no signature line of the key " + witness);
    }
    return line.flatMap(named -> witness.verify(note.text(), named))
        .map(CosignatureCheck::cosigned)
        .orElseGet(() -> new Unproven("the cosignature does not fit the checkpoint"));
  }

  private static List<SignatureLine> lines(String body) {
    try {
      return SignatureLine.parseAll(body);
    } catch (NoteRejected e) {
      return List.of();
    }
  }

  private static WitnessResult cosigned(VerifiedSignature signature) {
    return switch (signature) {
      case VerifiedSignature.Cosignature cosignature ->
          new Cosigned(cosignature.line(), cosignature.time());
      case VerifiedSignature.Plain plain ->
          new Unproven("the signature by %s is no cosignature".formatted(plain.key().name()));
    };
  }
}
