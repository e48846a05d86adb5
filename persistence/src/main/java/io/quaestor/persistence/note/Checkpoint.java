package io.quaestor.persistence.note;

import io.quaestor.persistence.merkle.Hash;
import java.util.List;

/**
 * A checkpoint says how many records a log has and the root of the tree over them (C2SP
 * tlog-checkpoint). Signed, it is a promise never to change any of them.
 *
 * <pre>
 * origin LF             which log, not empty
 * size LF               decimal
 * root LF               base64 of 32 bytes
 * extension LF          any number, not empty
 * </pre>
 *
 * @param extensions lines of others' logs; they are read and never written. What a signature covers
 *     is the text of the note, so verify that, not {@link #text}.
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

  private static final int LINES_MAX = 1000;

  /** Checks that the checkpoint could be written. */
  public Checkpoint {
    extensions = List.copyOf(extensions);
    if (!isLine(origin)) {
      throw NoteRejected.malformed("the origin of a checkpoint is one line and not empty");
    }
    if (size < 0) {
      throw NoteRejected.malformed("the size of a checkpoint is not negative");
    }
    if (!extensions.stream().allMatch(Checkpoint::isLine)) {
      throw NoteRejected.malformed("the extension lines of a checkpoint are not empty");
    }
  }

  public Checkpoint(String origin, long size, Hash root) {
    this(origin, size, root, List.of());
  }

  private static boolean isLine(String text) {
    return !text.isEmpty() && Utf8.isPlain(text) && text.indexOf('\n') < 0;
  }

  /** Reads the text of a note. */
  public static Checkpoint parse(String text) {
    List<String> lines =
        Lines.of(text, LINES_MAX)
            .filter(all -> all.size() >= 3)
            .orElseThrow(
                () ->
                    NoteRejected.malformed(
                        "a checkpoint is three lines: the origin, the size and the root"));
    return new Checkpoint(
        lines.get(0), size(lines.get(1)), root(lines.get(2)), lines.subList(3, lines.size()));
  }

  private static long size(String line) {
    return Decimal.parse(line)
        .orElseThrow(
            () ->
                NoteRejected.malformed(
                    "the size of a checkpoint is a number below 2^63 without leading zeros"));
  }

  private static Hash root(String line) {
    return StrictBase64.hash(line)
        .orElseThrow(
            () -> NoteRejected.malformed("the root of a checkpoint is the base64 of 32 bytes"));
  }

  /** The three lines to be signed. */
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }
}
