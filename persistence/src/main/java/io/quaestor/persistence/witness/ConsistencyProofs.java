package io.quaestor.persistence.witness;

import io.quaestor.persistence.merkle.Hash;
import java.util.List;

/** The log's own tree, which proves that it only grew. */
@FunctionalInterface
public interface ConsistencyProofs {

  /** The proof that the tree of the new size begins with that of the old; 0 &lt; old &lt; new. */
  List<Hash> between(long oldSize, long newSize);
}
