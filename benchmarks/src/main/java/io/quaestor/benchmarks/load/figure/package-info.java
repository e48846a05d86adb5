/** What several benchmarks print: medians, and how far a run is. */
@NullMarked
package io.quaestor.benchmarks.load.figure;

import org.jspecify.annotations.NullMarked;
