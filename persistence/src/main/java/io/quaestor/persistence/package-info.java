/** The front door of persistence: one node's chain with its index. */
@NullMarked
package io.quaestor.persistence;

import org.jspecify.annotations.NullMarked;
