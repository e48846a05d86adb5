@NullMarked
package io.quaestor.benchmarks.load.figure;

import org.jspecify.annotations.NullMarked;
