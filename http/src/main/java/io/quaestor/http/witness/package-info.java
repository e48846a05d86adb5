/** Witnesses over HTTP (C2SP tlog-witness): being one, and asking others. */
@NullMarked
package io.quaestor.http.witness;

import org.jspecify.annotations.NullMarked;
