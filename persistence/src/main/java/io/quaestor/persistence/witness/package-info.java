/**
 * Witnesses (C2SP tlog-witness): who watches that a log only grows, and asking them to. Both sides
 * of the protocol without HTTP; a witness keeps one checkpoint of each log.
 */
@NullMarked
package io.quaestor.persistence.witness;

import org.jspecify.annotations.NullMarked;
