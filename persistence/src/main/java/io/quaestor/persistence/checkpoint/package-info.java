/**
 * Checkpoints of a chain: where they are kept, which key may have signed them, and what they say
 * about a chain that is being opened.
 */
@NullMarked
package io.quaestor.persistence.checkpoint;

import org.jspecify.annotations.NullMarked;
