/** The Pekko snapshot store: bytes in the index, digests in the chain. */
@NullMarked
package io.quaestor.persistence.snapshot;

import org.jspecify.annotations.NullMarked;
