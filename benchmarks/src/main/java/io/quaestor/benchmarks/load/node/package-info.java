/** The server process that is measured, and what it runs on. */
@NullMarked
package io.quaestor.benchmarks.load.node;

import org.jspecify.annotations.NullMarked;
