package io.quaestor.persistence.note;

import io.quaestor.persistence.note.NoteRejected.Code;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A signed note is text with signatures below. It is well-formed and no more: nothing in it may be
 * believed before {@link #open}.
 *
 * <pre>
 * text, UTF-8, no control character but LF, ends with LF
 * LF                    the last blank line; the text may hold others
 * signature lines       1 to 100
 * </pre>
 *
 * What is signed is the text with its final LF, without the blank line.
 */
public record SignedNote(String text, List<SignatureLine> signatures) {

  public static final int BYTES_MAX = 1024 * 1024;

  /** Checks that the note could be written, and read again. */
  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n") || !Utf8.isPlain(text)) {
      throw NoteRejected.malformed(
          "the text of a note ends with a line feed and has no other control characters");
    }
    if (signatures.isEmpty() || signatures.size() > SignatureLine.LINES_MAX) {
      throw NoteRejected.malformed(
          "a note has 1 to %d signatures, not %d"
              .formatted(SignatureLine.LINES_MAX, signatures.size()));
    }
    checkSize(Utf8.encode(format(text, signatures)).length);
  }

  private static void checkSize(int bytes) {
    if (bytes > BYTES_MAX) {
      throw new NoteRejected(
          Code.TOO_LARGE, "a note has at most %d bytes, not %d".formatted(BYTES_MAX, bytes));
    }
  }

  /** The text with a signature. */
  public static SignedNote sign(String text, SigningKey key) {
    return new SignedNote(text, List.of(key.sign(text)));
  }

  public static SignedNote parse(byte[] bytes) {
    checkSize(bytes.length);
    return parse(
        Utf8.decode(bytes)
            .orElseThrow(() -> NoteRejected.malformed("a note is UTF-8 text; this is not")));
  }

  public static SignedNote parse(String note) {
    int blank = note.lastIndexOf("\n\n");
    if (blank < 0) {
      throw NoteRejected.malformed("a note has a blank line before its signatures; this has none");
    }
    return new SignedNote(
        note.substring(0, blank + 1), SignatureLine.parseAll(note.substring(blank + 2)));
  }

  /** The note with more signatures; one of the same key takes the place of what was there. */
  public SignedNote with(Collection<SignatureLine> more) {
    List<SignatureLine> all = new ArrayList<>(signatures);
    all.removeIf(line -> more.stream().anyMatch(line::isOfSameKey));
    all.addAll(more);
    return new SignedNote(text, all);
  }

  /**
   * The text, now that a known key vouches for it.
   *
   * <p>Signatures by other keys say nothing. A known key is asked once, for the first line that
   * names it, as Go's sumdb/note does.
   *
   * @throws NoteRejected when the signature of any known key does not fit, or when there is none
   */
  public OpenedNote open(Collection<VerifierKey> known) {
    List<VerifiedSignature> verified = new ArrayList<>();
    Set<VerifierKey> asked = new HashSet<>();
    for (SignatureLine line : signatures) {
      List<VerifierKey> named = named(line, known);
      if (!named.isEmpty() && asked.add(named.getFirst())) {
        verified.add(verify(named.getFirst(), line));
      }
    }
    if (verified.isEmpty()) {
      throw new NoteRejected(
          Code.UNSIGNED, "the note has no signature by a key that is known here");
    }
    return new OpenedNote(text, verified);
  }

  private static List<VerifierKey> named(SignatureLine line, Collection<VerifierKey> known) {
    Predicate<VerifierKey> isNamed = key -> key.isNamedBy(line);
    List<VerifierKey> named = known.stream().filter(isNamed).distinct().toList();
    if (named.size() > 1) {
      throw new NoteRejected(
          Code.KEY_AMBIGUOUS,
          "two different keys are known as %s+%s".formatted(line.name(), line.keyId()));
    }
    return named;
  }

  private VerifiedSignature verify(VerifierKey key, SignatureLine line) {
    return key.verify(text, line)
        .orElseThrow(
            () ->
                new NoteRejected(
                    Code.BAD_SIGNATURE,
                    "the signature by %s does not fit the text; one of them was changed"
                        .formatted(key.name())));
  }

  private static String format(String text, List<SignatureLine> signatures) {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(line -> note.append(line.text()));
    return note.toString();
  }

  public byte[] bytes() {
    return Utf8.encode(toString());
  }

  /** The note as it is written. */
  @Override
  public String toString() {
    return format(text, signatures);
  }
}
