package io.quaestor.persistence.checkpoint;

import java.io.IOException;
import java.util.List;

/**
 * An anchor is a place that keeps checkpoints. The first one is the data directory itself; any
 * other should be out of reach of whoever can write there, because it is what shows that the
 * directory was rolled back as a whole.
 *
 * <p>Besides the newest checkpoint it keeps one for each segment of the chain, and one for each
 * change of the key, signed by both keys.
 */
public interface Anchor {

  /** What the chain and messages call it. */
  String name();

  /** All checkpoints that are kept, the newest first, the others in any order. */
  List<Kept> all() throws IOException;

  /** The last segment for which a checkpoint is kept; 0 for none. */
  int coveredSegments() throws IOException;

  /** Replaces the newest checkpoint. */
  void keep(byte[] note) throws IOException;

  /** Keeps a checkpoint that covers a segment whole. */
  void keepFor(int segment, byte[] note) throws IOException;

  /** Keeps the checkpoint by which one key hands over to the next, the {@code number}-th. */
  void keepHandover(int number, byte[] note) throws IOException;

  /**
   * Bytes as they were found.
   *
   * @param label where, for a person
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Kept(String label, byte[] bytes) {}
}
