@NullMarked
package io.quaestor.benchmarks.load;

import org.jspecify.annotations.NullMarked;
