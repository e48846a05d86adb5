package io.quaestor.persistence.chain;

import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.event.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A record line is one sealed record as read from disk; its hash has been checked. */
public final class RecordLine {

  /** A line begins with the hash in hex digits, then a space. */
  public static final int HASH_DIGITS = Hex.HASH_DIGITS;

  /** Where in its line the JSON begins, up to the line end. */
  public static final int JSON_OFFSET = HASH_DIGITS + 1;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private final Envelope envelope;

  /** The line in {@code [start, end)}, {@code end} being its line end. */
  RecordLine(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.envelope = Envelope.read(bytes, start + JSON_OFFSET, end);
  }

  public String hash() {
    return new String(bytes, start, HASH_DIGITS, StandardCharsets.US_ASCII);
  }

  public Envelope envelope() {
    return envelope;
  }

  public Seal seal() {
    return new Seal(envelope.node(), envelope.seq(), hash(), envelope.prev());
  }

  /** The bytes that were hashed. */
  public byte[] json() {
    return Arrays.copyOfRange(bytes, start + JSON_OFFSET, end);
  }

  /** The bytes of the member {@code event}. */
  public byte[] eventJson() {
    int from = envelope.eventOffset();
    return Arrays.copyOfRange(bytes, from, from + envelope.eventLength());
  }

  /** Whether the payload is of the sealed family. */
  public boolean isEvent() {
    return !envelope.type().equals(Draft.SERIALIZED);
  }

  public Event event() {
    return EventJson.read(envelope.type(), bytes, envelope.eventOffset(), envelope.eventLength());
  }
}
