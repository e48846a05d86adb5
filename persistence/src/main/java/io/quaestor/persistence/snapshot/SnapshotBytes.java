package io.quaestor.persistence.snapshot;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A stored snapshot, as bytes. All of them are covered by the digest in the chain.
 *
 * <pre>
 * timestamp:8   milliseconds, as Pekko gave it
 * meta:4        length of the metadata, 0 when there is none
 * metadata      a serialized object, JSON
 * snapshot      a serialized object, JSON
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SnapshotBytes(long timestamp, byte[] meta, byte[] snapshot) {

  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;

  byte[] write() {
    return ByteBuffer.allocate(HEADER_BYTES + meta.length + snapshot.length)
        .putLong(timestamp)
        .putInt(meta.length)
        .put(meta)
        .put(snapshot)
        .array();
  }

  static SnapshotBytes read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long timestamp = in.getLong();
    int snapshot = HEADER_BYTES + in.getInt();
    return new SnapshotBytes(
        timestamp,
        Arrays.copyOfRange(bytes, HEADER_BYTES, snapshot),
        Arrays.copyOfRange(bytes, snapshot, bytes.length));
  }

  /** The time alone, for selecting. */
  static long timestamp(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }
}
