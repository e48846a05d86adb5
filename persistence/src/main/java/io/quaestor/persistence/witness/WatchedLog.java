package io.quaestor.persistence.witness;

import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.ProofCheck;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.CosignerKey;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.OpenedNote;
import io.quaestor.persistence.note.SignatureLine;
import io.quaestor.persistence.note.VerifierKey;
import io.quaestor.persistence.witness.WitnessAnswer.Conflict;
import io.quaestor.persistence.witness.WitnessAnswer.Cosigned;
import io.quaestor.persistence.witness.WitnessAnswer.Refused;
import io.quaestor.persistence.witness.WitnessAnswer.Why;
import java.time.Instant;
import java.util.List;

/** One log that a witness watches, and the lock on what the witness knows of it. */
final class WatchedLog {

  private final String origin;
  private final List<VerifierKey> trusted;
  private final CosignerKey key;
  private final WitnessStore store;

  WatchedLog(String origin, List<VerifierKey> trusted, CosignerKey key, WitnessStore store) {
    this.origin = origin;
    this.trusted = trusted;
    this.key = key;
    this.store = store;
  }

  WitnessAnswer add(WitnessRequest request, Instant now) {
    OpenedNote opened;
    try {
      opened = request.note().open(trusted);
    } catch (NoteRejected e) {
      return new Refused(Why.UNSIGNED, e.sentence());
    }
    if (request.oldSize() > request.checkpoint().size()) {
      return new Refused(Why.MALFORMED, "the old size is above the size of the checkpoint");
    }
    return addSigned(request, opened, now);
  }

  /** Judges and stores in one step: else an older checkpoint could overwrite a newer one. */
  private synchronized WitnessAnswer addSigned(
      WitnessRequest request, OpenedNote opened, Instant now) {
    Checkpoint known =
        store.load(origin).orElseGet(() -> new Checkpoint(origin, 0, Hash.EMPTY_ROOT));
    if (known.size() != request.oldSize()) {
      return new Conflict(known.size());
    }
    Checkpoint next = request.checkpoint();
    if (known.size() == next.size() && !known.root().equals(next.root())) {
      return new Refused(
          Why.FORK, "the log signed another root for the size %d".formatted(known.size()));
    }
    if (!ProofCheck.consistency(
        known.size(), next.size(), known.root(), next.root(), request.proof())) {
      return new Refused(
          Why.UNPROVEN, "the proof does not lead from the old size to the checkpoint");
    }
    return cosign(opened, now);
  }

  /** Also stores what is on record already: an earlier write of it may have failed half-way. */
  private WitnessAnswer cosign(OpenedNote opened, Instant now) {
    List<SignatureLine> lines = List.of(key.cosign(opened.text(), now));
    store.store(origin, opened.verifiedOnly().with(lines));
    return new Cosigned(lines);
  }
}
