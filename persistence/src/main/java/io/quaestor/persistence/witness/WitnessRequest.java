package io.quaestor.persistence.witness;

import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.Decimal;
import io.quaestor.persistence.note.HeadedNote;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.NoteRejected.Code;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.StrictBase64;
import io.quaestor.persistence.note.Utf8;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of {@code add-checkpoint}: please cosign this checkpoint, which follows from the one of
 * the old size.
 *
 * <pre>
 * old N LF
 * BASE64 LF             hashes of the consistency proof, 0 to 63
 * LF
 * signed checkpoint
 * </pre>
 */
public record WitnessRequest(
    long oldSize, List<Hash> proof, SignedNote note, Checkpoint checkpoint) {

  public static final int HASHES_MAX = 63;

  /** Room for sixteen large signatures; and the note has room for the witness's. */
  public static final int BYTES_MAX = SignedNote.BYTES_MAX / 4;

  private static final String OLD = "old ";

  /** Checks that the request could be written. */
  public WitnessRequest {
    proof = List.copyOf(proof);
    if (oldSize < 0) {
      throw NoteRejected.malformed("the old size is not negative");
    }
    if (proof.size() > HASHES_MAX) {
      throw NoteRejected.malformed(
          "a consistency proof has at most %d hashes".formatted(HASHES_MAX));
    }
  }

  public static WitnessRequest of(long oldSize, List<Hash> proof, SignedNote note) {
    return new WitnessRequest(oldSize, proof, note, Checkpoint.parse(note.text()));
  }

  /**
   * Reads a body.
   *
   * @throws NoteRejected when it is not one
   */
  public static WitnessRequest parse(byte[] body) {
    if (body.length > BYTES_MAX) {
      throw new NoteRejected(Code.TOO_LARGE, "a request has at most %d bytes".formatted(BYTES_MAX));
    }
    HeadedNote headed = HeadedNote.parse(body, 1 + HASHES_MAX);
    List<Hash> proof = headed.head().stream().skip(1).map(WitnessRequest::hash).toList();
    return new WitnessRequest(
        oldSize(headed.head().getFirst()), proof, headed.note(), headed.checkpoint());
  }

  private static long oldSize(String line) {
    if (!line.startsWith(OLD)) {
      throw malformedOldSize();
    }
    return Decimal.parse(line.substring(OLD.length()))
        .orElseThrow(WitnessRequest::malformedOldSize);
  }

  private static NoteRejected malformedOldSize() {
    return NoteRejected.malformed(
        "the first line is \"old \" and a number below 2^63 without leading zeros");
  }

  private static Hash hash(String line) {
    return StrictBase64.hash(line)
        .orElseThrow(
            () -> NoteRejected.malformed("each line of a proof is the base64 of 32 bytes"));
  }

  public byte[] bytes() {
    List<String> head = new ArrayList<>();
    head.add(OLD + oldSize);
    proof.forEach(hash -> head.add(hash.base64()));
    return Utf8.encode(HeadedNote.format(head, note));
  }
}
