/**
 * The sealed chain: its record format, its segment files, their verification and repair. Knows
 * nothing of the index over it, of actors or of Pekko.
 */
@NullMarked
package io.quaestor.persistence.chain;

import org.jspecify.annotations.NullMarked;
