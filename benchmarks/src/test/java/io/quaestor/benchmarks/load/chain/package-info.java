@NullMarked
package io.quaestor.benchmarks.load.chain;

import org.jspecify.annotations.NullMarked;
