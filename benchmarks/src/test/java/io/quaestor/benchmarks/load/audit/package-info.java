@NullMarked
package io.quaestor.benchmarks.load.audit;

import org.jspecify.annotations.NullMarked;
