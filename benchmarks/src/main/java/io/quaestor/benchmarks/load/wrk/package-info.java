/** Routes per second against the empty endpoint of the same server, driven by wrk. */
@NullMarked
package io.quaestor.benchmarks.load.wrk;

import org.jspecify.annotations.NullMarked;
