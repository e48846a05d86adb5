package io.quaestor.persistence.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

/**
 * An anchor is a place that keeps checkpoints. The first one is the data directory itself; any
 * other should be out of reach of whoever can write there, because it is what shows that the
 * directory was rolled back as a whole.
 *
 * <p>Besides the newest checkpoint it keeps milestones: one for each segment of the chain, and one
 * for each change of the key, signed by both keys.
 */
public interface Anchor {

  /** What the chain and messages call it. */
  String name();

  /** All checkpoints that are kept, the newest first, the others in any order. */
  List<Kept> all() throws IOException;

  /** Replaces the newest checkpoint. */
  void keep(byte[] note) throws IOException;

  /** The milestones that are kept, by name. */
  SortedMap<String, byte[]> milestones() throws IOException;

  void keepMilestone(String name, byte[] note) throws IOException;

  /**
   * Bytes as they were found.
   *
   * @param label where, for a person
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Kept(String label, byte[] bytes) {}
}
