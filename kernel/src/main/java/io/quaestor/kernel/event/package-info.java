/** What is recorded in the chain: one sealed family of events and the values inside them. */
@NullMarked
package io.quaestor.kernel.event;

import org.jspecify.annotations.NullMarked;
