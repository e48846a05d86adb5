/**
 * The audit: what was answered, what the server says it has, and what stands in the chain must be
 * the same. Nothing here uses the product's own ledger or codec.
 */
@NullMarked
package io.quaestor.benchmarks.load.audit;

import org.jspecify.annotations.NullMarked;
