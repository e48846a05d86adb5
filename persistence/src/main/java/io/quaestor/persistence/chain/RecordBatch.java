package io.quaestor.persistence.chain;

import io.quaestor.persistence.event.Timestamps;
import io.quaestor.persistence.merkle.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record batch is the bytes of one write: the lines of some records, each linked to the one
 * before it.
 *
 * <pre>
 * line   = hash SP json LF
 * hash   = 64 hex digits, SHA-256 of the json bytes
 * json   = {"prev":"(64 hex)","seq":42,"v":1,"node":"node-1",
 *           "at":"2026-11-23T08:00:00.123456Z","entity":"tenant|team-a","eseq":7,
 *           "type":"DecisionMade"
 *           [,"writer":"(uuid)"] [,"rest":1] [,"manifest":"..."] [,"meta":{...}]
 *           ,"event":{...}}                                  all on one line, no spaces
 *
 * prev     hash of the line before, 64 zeros for the first record of the chain
 * seq      counts the records of the node from 1
 * v        version of this layout
 * at       when it was sealed, UTC, always six digits
 * eseq     counts the events of the entity
 * writer   the incarnation of the actor that wrote it
 * rest     number of records of the same atomic write that follow; absent when 0
 * manifest of an event adapter; absent when empty
 * meta     metadata that Pekko keeps beside an event
 * event    the payload, always the last member
 * </pre>
 *
 * <p>A line never contains a line end inside: JSON escapes it.
 */
final class RecordBatch {

  /** No line is longer; readers may rely on it. */
  static final int LINE_BYTES_MAX = 32 * 1024 * 1024;

  private static final byte[] PREV = ascii("{\"prev\":\"");
  private static final byte[] SEQ = ascii("\",\"seq\":");
  private static final byte[] ENTITY = ascii("\",\"entity\":\"");
  private static final byte[] ESEQ = ascii("\",\"eseq\":");
  private static final byte[] TYPE = ascii(",\"type\":\"");
  private static final byte[] WRITER = ascii(",\"writer\":\"");
  private static final byte[] REST = ascii(",\"rest\":");
  private static final byte[] MANIFEST = ascii(",\"manifest\":\"");
  private static final byte[] META = ascii(",\"meta\":");
  private static final byte[] EVENT = ascii(",\"event\":");
  private static final byte QUOTE = '"';

  private final String node;
  private final byte[] version;
  private final MessageDigest sha256 = sha256();
  private final byte[] hash = new byte[Hex.HASH_BYTES];
  private final byte[] at = new byte[Timestamps.LENGTH];
  private final LineBuffer out = new LineBuffer(256 * 1024);
  private final List<Line> lines = new ArrayList<>();
  private final boolean tree;
  private byte[] leaves = new byte[256 * Hash.BYTES];

  private String prev = Head.NO_HASH;
  private int prevPosition = -1;
  private long seq;

  /**
   * @param tree whether leaf hashes are wanted
   */
  RecordBatch(String node, boolean tree) {
    this.node = node;
    this.tree = tree;
    this.version = ascii(",\"v\":1,\"node\":\"" + node + "\",\"at\":\"");
  }

  /** One line of the batch. */
  record Line(Draft draft, Seal seal, int position, int length) {}

  void begin(Head head, Instant now) {
    out.clear();
    lines.clear();
    prev = head.hash();
    prevPosition = -1;
    seq = head.seq();
    Timestamps.write(now, at, 0);
  }

  /** Writes one record; when it throws, the batch is as before. */
  void add(Draft draft) {
    int start = out.size();
    try {
      write(draft, start);
    } catch (RuntimeException e) {
      out.cut(start);
      throw e;
    }
  }

  private void write(Draft draft, int start) {
    int hashPosition = out.skip(Hex.HASH_DIGITS);
    out.put((byte) ' ');
    int json = out.size();
    writeJson(draft);
    int end = out.size();
    if (Lines.indexOfEnd(out.bytes(), json, end) >= 0) {
      throw new IllegalArgumentException(
          "a record of " + draft.entity() + " has a line end inside");
    }
    if (end - start >= LINE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a record of %s has %d bytes, the most is %d"
              .formatted(draft.entity(), end - start, LINE_BYTES_MAX));
    }
    out.put((byte) '\n');
    digest(json, end, hash, 0);
    Hex.write(hash, out.bytes(), hashPosition);
    if (tree) {
      hashLeaf(json, end);
    }
    Seal seal = new Seal(node, seq + 1, out.latin1(hashPosition, Hex.HASH_DIGITS), prev);
    lines.add(new Line(draft, seal, start, out.size() - start));
    seq++;
    prev = seal.hash();
    prevPosition = hashPosition;
  }

  private void writeJson(Draft draft) {
    out.put(PREV);
    writePrev();
    out.put(SEQ);
    out.putNumber(seq + 1);
    out.put(version);
    out.put(at);
    out.put(ENTITY);
    out.putText(draft.entity());
    out.put(ESEQ);
    out.putNumber(draft.eseq());
    out.put(TYPE);
    out.putText(draft.type());
    out.put(QUOTE);
    writeText(WRITER, draft.writer());
    if (draft.rest() > 0) {
      out.put(REST);
      out.putNumber(draft.rest());
    }
    writeText(MANIFEST, draft.manifest());
    if (draft.meta() != null) {
      out.put(META);
      out.put(draft.meta().getBytes(StandardCharsets.UTF_8));
    }
    out.put(EVENT);
    out.put(draft.json());
    out.put((byte) '}');
  }

  private void writePrev() {
    if (prevPosition < 0) {
      out.putText(prev);
    } else {
      out.putCopy(prevPosition, Hex.HASH_DIGITS);
    }
  }

  private void writeText(byte[] member, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      out.put(member);
      out.putText(text);
      out.put(QUOTE);
    }
  }

  private void hashLeaf(int from, int to) {
    int position = lines.size() * Hash.BYTES;
    if (position == leaves.length) {
      leaves = Arrays.copyOf(leaves, 2 * leaves.length);
    }
    sha256.update(Hash.LEAF_PREFIX);
    digest(from, to, leaves, position);
  }

  private void digest(int from, int to, byte[] target, int position) {
    try {
      sha256.update(out.bytes(), from, to - from);
      sha256.digest(target, position, Hash.BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
  }

  int size() {
    return out.size();
  }

  /** The lines, valid until the next {@link #begin}. */
  List<Line> lines() {
    return Collections.unmodifiableList(lines);
  }

  /** The leaf hashes of the lines, side by side, valid until the next {@link #begin}. */
  byte[] leaves() {
    return leaves;
  }

  ByteBuffer bytes() {
    return ByteBuffer.wrap(out.bytes(), 0, out.size());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
