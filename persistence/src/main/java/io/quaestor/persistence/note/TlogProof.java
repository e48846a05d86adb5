package io.quaestor.persistence.note;

import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.ProofCheck;
import io.quaestor.persistence.note.NoteRejected.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A proof that a record is in a log, to be checked without the log (C2SP tlog-proof).
 *
 * <pre>
 * c2sp.org/tlog-proof@v1 LF
 * extra BASE64 LF       or no such line
 * index N LF            of the record, from zero
 * BASE64 LF             hashes from the leaf's sibling up, 0 to 63
 * LF
 * signed checkpoint
 * </pre>
 *
 * Nobody vouches for {@code extra}; when it is the record itself, {@link #includes} of its hash
 * does.
 */
public final class TlogProof {

  /** The largest record. */
  public static final int EXTRA_BYTES_MAX = 32 * 1024 * 1024;

  /** Room for the largest record in base64, and a signed checkpoint. */
  public static final int BYTES_MAX = 48 * 1024 * 1024;

  /** As many as a tree of less than 2^63 leaves is high. */
  public static final int HASHES_MAX = 63;

  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final byte[] NOTHING = {};

  private final long index;
  private final List<Hash> path;
  private final SignedNote note;
  private final Checkpoint checkpoint;
  private final byte[] extra;

  private TlogProof(long index, List<Hash> path, SignedNote note, byte[] extra) {
    if (index < 0) {
      throw NoteRejected.malformed("the index of a proof is not negative");
    }
    if (path.size() > HASHES_MAX) {
      throw NoteRejected.malformed("a proof has at most %d hashes".formatted(HASHES_MAX));
    }
    checkSize("the extra data of a proof", extra.length, EXTRA_BYTES_MAX);
    this.index = index;
    this.path = List.copyOf(path);
    this.note = note;
    this.checkpoint = Checkpoint.parse(note.text());
    this.extra = extra;
  }

  public static TlogProof of(long index, List<Hash> path, SignedNote checkpoint) {
    return new TlogProof(index, path, checkpoint, NOTHING);
  }

  /** The proof with bytes that go with it; with none of them, the proof without. */
  public TlogProof withExtra(byte[] bytes) {
    return new TlogProof(index, path, note, bytes.clone());
  }

  public static TlogProof parse(byte[] bytes) {
    checkSize("a proof", bytes.length, BYTES_MAX);
    HeadedNote headed = HeadedNote.parse(bytes, 3 + HASHES_MAX);
    return parse(headed.head(), headed.note());
  }

  private static void checkSize(String what, int bytes, int bytesMax) {
    if (bytes > bytesMax) {
      throw new NoteRejected(
          Code.TOO_LARGE, "%s has at most %d bytes, not %d".formatted(what, bytesMax, bytes));
    }
  }

  private static TlogProof parse(List<String> head, SignedNote note) {
    boolean hasExtra = head.size() > 1 && head.get(1).startsWith(EXTRA);
    int at = hasExtra ? 2 : 1;
    if (!head.getFirst().equals(HEADER) || head.size() <= at) {
      throw malformed();
    }
    byte[] extra = hasExtra ? extra(head.get(1).substring(EXTRA.length())) : NOTHING;
    List<Hash> path = head.stream().skip(at + 1).map(TlogProof::hash).toList();
    return new TlogProof(index(head.get(at)), path, note, extra);
  }

  private static byte[] extra(String base64) {
    return StrictBase64.decode(base64)
        .filter(bytes -> bytes.length > 0)
        .orElseThrow(() -> NoteRejected.malformed("the extra data of a proof is not base64"));
  }

  private static long index(String line) {
    return Optional.of(line)
        .filter(text -> text.startsWith(INDEX))
        .map(text -> Decimal.parse(text.substring(INDEX.length())))
        .orElseThrow(TlogProof::malformed)
        .orElseThrow(
            () ->
                NoteRejected.malformed(
                    "the index of a proof is a number below 2^63 without leading zeros"));
  }

  private static Hash hash(String line) {
    return StrictBase64.hash(line)
        .orElseThrow(
            () -> NoteRejected.malformed("each hash of a proof is the base64 of 32 bytes"));
  }

  private static NoteRejected malformed() {
    return NoteRejected.malformed(
        "a proof is the line \"%s\", an index, at most %d hashes, a blank line and a checkpoint"
            .formatted(HEADER, HASHES_MAX));
  }

  public long index() {
    return index;
  }

  public List<Hash> path() {
    return path;
  }

  /** The signed checkpoint, whose signatures are for the reader to check. */
  public SignedNote note() {
    return note;
  }

  /** What the note says. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  public Optional<byte[]> extra() {
    return extra.length == 0 ? Optional.empty() : Optional.of(extra.clone());
  }

  /** Whether the leaf is where the proof says, if the checkpoint is to be believed. */
  public boolean includes(Hash leaf) {
    return ProofCheck.inclusion(index, checkpoint.size(), leaf, path, checkpoint.root());
  }

  public byte[] bytes() {
    return Utf8.encode(toString());
  }

  /** The proof as it is written. */
  @Override
  public String toString() {
    List<String> head = new ArrayList<>();
    head.add(HEADER);
    extra().ifPresent(bytes -> head.add(EXTRA + StrictBase64.encode(bytes)));
    head.add(INDEX + index);
    path.forEach(hash -> head.add(hash.base64()));
    return HeadedNote.format(head, note);
  }
}
