/** How fast a long chain is verified, and proofs of its records are made and checked. */
@NullMarked
package io.quaestor.benchmarks.load.chain;

import org.jspecify.annotations.NullMarked;
