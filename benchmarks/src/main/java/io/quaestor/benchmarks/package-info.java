/** Benchmarks; nothing here is shipped. */
@org.jspecify.annotations.NullMarked
package io.quaestor.benchmarks;
