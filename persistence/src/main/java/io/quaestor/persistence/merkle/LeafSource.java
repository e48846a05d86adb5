package io.quaestor.persistence.merkle;

/** Reads leaf hashes again from what they are hashes of. */
@FunctionalInterface
public interface LeafSource {

  /** The hashes of the leaves {@code [from, to)}, counted from 0, side by side. */
  byte[] hashes(long from, long to);
}
