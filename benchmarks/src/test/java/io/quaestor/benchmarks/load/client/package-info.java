@NullMarked
package io.quaestor.benchmarks.load.client;

import org.jspecify.annotations.NullMarked;
