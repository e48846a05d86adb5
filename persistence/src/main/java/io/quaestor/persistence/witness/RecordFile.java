package io.quaestor.persistence.witness;

import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.Sha256;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.Utf8;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The bytes of one record of a witness.
 *
 * <pre>
 * quaestor-witness 1 LF
 * sha256 HEX LF         64 digits, of what follows
 * signed checkpoint     with the log's signature and the witness's
 * </pre>
 *
 * The hash is against damage, which could turn one root into another that is as well-formed.
 */
final class RecordFile {

  private static final String VERSION = "quaestor-witness 1\nsha256 ";
  private static final int HASH_DIGITS = 64;
  private static final int HEAD_BYTES = VERSION.length() + HASH_DIGITS + 1;

  static final int BYTES_MAX = HEAD_BYTES + SignedNote.BYTES_MAX;

  private RecordFile() {}

  static byte[] write(SignedNote note) {
    return write(note.bytes());
  }

  private static byte[] write(byte[] note) {
    byte[] head = Utf8.encode(VERSION + HexFormat.of().formatHex(Sha256.of(note)) + "\n");
    byte[] file = Arrays.copyOf(head, head.length + note.length);
    System.arraycopy(note, 0, file, head.length, note.length);
    return file;
  }

  /** The checkpoint; empty when the bytes are not what was written for this origin. */
  static Optional<Checkpoint> read(byte[] file, String origin) {
    if (file.length < HEAD_BYTES) {
      return Optional.empty();
    }
    byte[] note = Arrays.copyOfRange(file, HEAD_BYTES, file.length);
    return Arrays.equals(write(note), file)
        ? checkpoint(note).filter(checkpoint -> checkpoint.origin().equals(origin))
        : Optional.empty();
  }

  private static Optional<Checkpoint> checkpoint(byte[] note) {
    try {
      return Optional.of(Checkpoint.parse(SignedNote.parse(note).text()));
    } catch (NoteRejected e) {
      return Optional.empty();
    }
  }
}
