/** The budget ledger: pure {@code decide} and {@code evolve}, integers only. */
@NullMarked
package io.quaestor.kernel.ledger;

import org.jspecify.annotations.NullMarked;
