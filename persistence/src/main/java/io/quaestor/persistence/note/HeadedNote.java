package io.quaestor.persistence.note;

import java.util.Arrays;
import java.util.List;

/**
 * A signed checkpoint below lines about it: the shape of a proof and of a request to a witness.
 *
 * <pre>
 * lines                 at least one, none empty
 * LF                    the first blank line; the note has another
 * signed checkpoint
 * </pre>
 */
public record HeadedNote(List<String> head, SignedNote note, Checkpoint checkpoint) {

  /** Reads the shape; what the lines say is for the caller. */
  public static HeadedNote parse(byte[] bytes, int headLinesMax) {
    int blank = blankLine(bytes);
    List<String> head = head(Arrays.copyOf(bytes, blank), headLinesMax);
    SignedNote note = SignedNote.parse(Arrays.copyOfRange(bytes, blank + 1, bytes.length));
    return new HeadedNote(head, note, Checkpoint.parse(note.text()));
  }

  private static int blankLine(byte[] bytes) {
    for (int i = 1; i < bytes.length; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\n') {
        return i;
      }
    }
    throw NoteRejected.malformed("there is no blank line before a signed checkpoint");
  }

  private static List<String> head(byte[] bytes, int linesMax) {
    return Utf8.decode(bytes)
        .flatMap(text -> Lines.of(text, linesMax))
        .orElseThrow(
            () ->
                NoteRejected.malformed(
                    "before the blank line stand at most %d lines".formatted(linesMax)));
  }

  /** The note below lines. */
  public static String format(List<String> head, SignedNote note) {
    return String.join("\n", head) + "\n\n" + note;
  }
}
