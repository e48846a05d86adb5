package io.quaestor.persistence.chain;

import io.quaestor.persistence.event.Timestamps;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Checks one line after the other: hash, layout, node, number and link. Looks at fixed positions
 * only and shares no code with the writer, so that one mistake cannot hide in both.
 *
 * <pre>
 * byte  0            64 65        74                 138
 *       (64 hex hash) SP {"prev":" (64 hex prev hash) ","seq":N,"v":1,"node":"NODE","at":" ... } LF
 * </pre>
 */
final class LineVerifier {

  private static final int HASH = 64;
  private static final int JSON = HASH + 1;
  private static final byte[] BEFORE_PREV = " {\"prev\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int PREV = HASH + BEFORE_PREV.length;
  private static final byte[] BEFORE_SEQ = "\",\"seq\":".getBytes(StandardCharsets.US_ASCII);
  private static final int SEQ = PREV + HASH + BEFORE_SEQ.length;
  private static final byte[] BEFORE_VERSION = ",\"v\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BEFORE_NODE = "1,\"node\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BEFORE_ESEQ = ",\"eseq\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BEFORE_TYPE = ",\"type\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ADOPTED = "Adopted\",".getBytes(StandardCharsets.US_ASCII);
  private static final int TYPE_MAX = 16;
  private static final int LINE_MIN = SEQ + 40;
  private static final int SEQ_DIGITS_MAX = 18;

  /** Both hex digits of a byte as they stand in memory, high one first. */
  private static final short[] DIGITS = new short[256];

  static {
    for (int i = 0; i < DIGITS.length; i++) {
      DIGITS[i] = (short) ((Character.forDigit(i >> 4, 16) << 8) | Character.forDigit(i & 15, 16));
    }
  }

  private final MessageDigest sha256;
  private final byte[] digest = new byte[HASH / 2];
  private final byte[] node;
  private final byte[] entityOfNode;
  private final byte[] lastHash = new byte[HASH];
  private final byte[] firstPrev = new byte[HASH];
  private long firstSeq;
  private long lastSeq;
  private int entityAt;
  private String detail = "";

  LineVerifier(String node) {
    this.node = (node + "\",\"at\":\"").getBytes(StandardCharsets.US_ASCII);
    this.entityOfNode = ("\",\"entity\":\"node|" + node + "\"").getBytes(StandardCharsets.US_ASCII);
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  long firstSeq() {
    return firstSeq;
  }

  /** Number of the last good line. */
  long lastSeq() {
    return lastSeq;
  }

  String firstPrev() {
    return firstSeq == 0 ? "" : new String(firstPrev, StandardCharsets.US_ASCII);
  }

  String lastHash() {
    return firstSeq == 0 ? "" : new String(lastHash, StandardCharsets.US_ASCII);
  }

  /** More about the fault that {@link #check} answered. */
  String detail() {
    return detail;
  }

  /**
   * Checks the line in {@code [start, end)}, {@code end} being its line end.
   *
   * @return null when it is good and follows the line before it
   */
  Fault.@Nullable Kind check(byte[] bytes, int start, int end) {
    if (end - start < LINE_MIN) {
      return fault(Fault.Kind.MALFORMED, "the line has only %d bytes".formatted(end - start));
    }
    if (!hashMatches(bytes, start, end)) {
      return fault(Fault.Kind.HASH_MISMATCH, "its bytes do not have the hash before them");
    }
    if (!at(bytes, start + HASH, BEFORE_PREV)
        || !at(bytes, start + PREV + HASH, BEFORE_SEQ)
        || bytes[end - 1] != '}') {
      return fault(Fault.Kind.MALFORMED, "it is not laid out as a record");
    }
    return checkNumber(bytes, start, end);
  }

  /** Whether the line in {@code [start, end)} has the hash it begins with. */
  boolean hashMatches(byte[] bytes, int start, int end) {
    sha256.update(bytes, start + JSON, end - start - JSON);
    try {
      sha256.digest(digest, 0, digest.length);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
    int wrong = 0;
    for (int i = 0; i < digest.length; i++) {
      int stored = (bytes[start + 2 * i] << 8) | (bytes[start + 2 * i + 1] & 0xff);
      wrong |= stored ^ DIGITS[digest[i] & 0xff];
    }
    return wrong == 0;
  }

  /** Whether the line that was checked last records that the node adopted a key or an anchor. */
  boolean isAdoption(byte[] bytes, int end) {
    if (!at(bytes, entityAt, entityOfNode)
        || !at(bytes, entityAt + entityOfNode.length, BEFORE_ESEQ)) {
      return false;
    }
    int i = entityAt + entityOfNode.length + BEFORE_ESEQ.length;
    while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    if (!at(bytes, i, BEFORE_TYPE)) {
      return false;
    }
    int name = i + BEFORE_TYPE.length;
    for (int letters = 1; letters < TYPE_MAX; letters++) {
      if (at(bytes, name + letters, ADOPTED)) {
        return true;
      }
    }
    return false;
  }

  private Fault.@Nullable Kind checkNumber(byte[] bytes, int start, int end) {
    int i = start + SEQ;
    long seq = 0;
    int stop = Math.min(i + SEQ_DIGITS_MAX, end);
    for (; i < stop && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
      seq = seq * 10 + (bytes[i] - '0');
    }
    if (seq == 0 || bytes[start + SEQ] == '0' || !at(bytes, i, BEFORE_VERSION)) {
      return fault(Fault.Kind.MALFORMED, "it has no number");
    }
    int version = i + BEFORE_VERSION.length;
    if (!at(bytes, version, BEFORE_NODE)) {
      return fault(Fault.Kind.VERSION_MISMATCH, "its layout is not version 1");
    }
    if (!at(bytes, version + BEFORE_NODE.length, node)) {
      return fault(Fault.Kind.NODE_MISMATCH, "it was written by another node");
    }
    entityAt = version + BEFORE_NODE.length + node.length + Timestamps.LENGTH;
    return checkLink(bytes, start, seq);
  }

  private Fault.@Nullable Kind checkLink(byte[] bytes, int start, long seq) {
    int prev = start + PREV;
    if (firstSeq == 0) {
      firstSeq = seq;
      System.arraycopy(bytes, prev, firstPrev, 0, HASH);
    } else if (seq != lastSeq + 1) {
      return fault(Fault.Kind.ofNumber(seq, lastSeq + 1), "record %d stands there".formatted(seq));
    } else if (!Arrays.equals(bytes, prev, prev + HASH, lastHash, 0, HASH)) {
      return fault(Fault.Kind.LINK_MISMATCH, "it does not name the hash of the record before it");
    }
    lastSeq = seq;
    System.arraycopy(bytes, start, lastHash, 0, HASH);
    return null;
  }

  private Fault.Kind fault(Fault.Kind kind, String detail) {
    this.detail = detail;
    return kind;
  }

  private static boolean at(byte[] bytes, int from, byte[] expected) {
    return from + expected.length <= bytes.length
        && Arrays.equals(bytes, from, from + expected.length, expected, 0, expected.length);
  }
}
