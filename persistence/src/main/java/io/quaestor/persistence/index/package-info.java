/**
 * The index over the chain, in LevelDB: where records are, and snapshots. It may be deleted at any
 * time and is rebuilt from the chain.
 */
@NullMarked
package io.quaestor.persistence.index;

import org.jspecify.annotations.NullMarked;
