package io.quaestor.http.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quaestor.http.cli.ChainDirectory.Unreadable;
import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.KeyType;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.OpenedNote;
import io.quaestor.persistence.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a proof comes to under a key: the checkpoint is signed by it, the witnesses cosigned it, the
 * record is in its tree, and the record says the same of its place.
 *
 * @param ownKey whether the key came with the proof and not from a trusted place
 * @param failure why it proves nothing
 */
record ProofJudgement(
    ProofFile file, VerifierKey key, boolean ownKey, int witnesses, Optional<Failure> failure) {

  /** The code is stable, the sentence is for a person. */
  record Failure(String code, String sentence) {}

  /**
   * @throws Unreadable when there is no key to check it with
   */
  static ProofJudgement of(
      ProofFile file, Optional<VerifierKey> trusted, List<VerifierKey> witnesses)
      throws Unreadable {
    VerifierKey key =
        trusted
            .or(file::ownKey)
            .orElseThrow(
                () ->
                    new Unreadable(
                        "Which key? Give the node's with --key; a node tells it at"
                            + " /api/v1/audit/key."));
    requireType(key, KeyType.ED25519, "--key needs the key of a node, and this is a witness's");
    for (VerifierKey witness : witnesses) {
      requireType(
          witness,
          KeyType.COSIGNATURE,
          "--witness needs the key of a witness, and this is a node's");
    }
    return new ProofJudgement(
        file, key, trusted.isEmpty(), witnesses.size(), failure(file, key, witnesses));
  }

  private static void requireType(VerifierKey key, KeyType type, String otherwise)
      throws Unreadable {
    if (key.type() != type) {
      throw new Unreadable("%s: %s.".formatted(otherwise, key));
    }
  }

  private static Optional<Failure> failure(
      ProofFile file, VerifierKey key, List<VerifierKey> witnesses) {
    List<VerifierKey> known = new ArrayList<>(witnesses);
    known.add(key);
    OpenedNote opened;
    try {
      opened = file.proof().note().open(known);
    } catch (NoteRejected e) {
      return fails(
          e.code() == NoteRejected.Code.UNSIGNED ? "checkpoint_key_invalid" : "checkpoint_forged",
          e.sentence());
    }
    if (opened.by(key).isEmpty()) {
      return fails(
          "checkpoint_key_invalid", "the checkpoint is not signed by the key that was given");
    }
    for (VerifierKey witness : witnesses) {
      if (opened.by(witness).isEmpty()) {
        return fails(
            "cosignature_missing", "the witness %s did not cosign".formatted(witness.name()));
      }
    }
    return place(file, key);
  }

  private static Optional<Failure> place(ProofFile file, VerifierKey key) {
    Checkpoint checkpoint = file.proof().checkpoint();
    if (!checkpoint.origin().equals(key.name())) {
      return fails(
          "checkpoint_foreign",
          "the checkpoint is of the log %s, and the key of %s"
              .formatted(checkpoint.origin(), key.name()));
    }
    if (!file.proof().includes(Hash.leaf(file.record()))) {
      return fails(
          "proof_invalid",
          "the record does not lead to the signed root: the record, the index or a hash was changed");
    }
    long stated = file.recordMember("seq").asLong(-1);
    if (stated != file.proof().index() + 1) {
      return fails(
          "proof_invalid",
          "the record is in the log, but says that its number is %d and not %d"
              .formatted(stated, file.proof().index() + 1));
    }
    return Optional.empty();
  }

  private static Optional<Failure> fails(String code, String sentence) {
    return Optional.of(new Failure(code, sentence));
  }

  boolean isProved() {
    return failure.isEmpty();
  }

  // ---- as text and as JSON ---------------------------------------------------------------------

  String text() {
    return failure
        .map(why -> "Not proved: %s (%s).%n".formatted(Printable.of(why.sentence()), why.code()))
        .orElseGet(this::proved);
  }

  private String proved() {
    Checkpoint checkpoint = file.proof().checkpoint();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Proved: record %d is in the log %s of %d records.%n",
            file.proof().index() + 1,
            Printable.of(checkpoint.origin()),
            checkpoint.size()));
    text.append(
        "%s of %s, sealed at %s%n"
            .formatted(
                Printable.of(file.recordMember("type").asText()),
                Printable.of(file.recordMember("entity").asText()),
                Printable.of(file.recordMember("at").asText())));
    text.append("signed by %s%n".formatted(Printable.of(key)));
    if (witnesses > 0) {
      text.append("cosigned by %d witness%s%n".formatted(witnesses, witnesses == 1 ? "" : "es"));
    }
    if (ownKey) {
      text.append(
          "The key is the one in the file. It proves something only if it is the node's: compare it"
              + " with what a place that you trust says, or give that with --key.%n".formatted());
    }
    return text.toString();
  }

  ObjectNode json() {
    Checkpoint checkpoint = file.proof().checkpoint();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", isProved() ? "proved" : "not_proved");
    failure.ifPresent(why -> json.put("code", why.code()).put("message", why.sentence()));
    json.put("origin", checkpoint.origin());
    json.put("size", checkpoint.size());
    json.put("root", checkpoint.root().base64());
    json.put("seq", file.proof().index() + 1);
    json.put("key", key.toString());
    json.put("key_from_file", ownKey);
    json.put("witnesses", witnesses);
    return json;
  }
}
