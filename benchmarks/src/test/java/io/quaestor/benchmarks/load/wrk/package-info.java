@NullMarked
package io.quaestor.benchmarks.load.wrk;

import org.jspecify.annotations.NullMarked;
