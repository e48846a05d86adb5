/** The load driver: real requests over HTTP, and an audit of every answer at the end. */
@NullMarked
package io.quaestor.benchmarks.load;

import org.jspecify.annotations.NullMarked;
