/** The chain as an outsider reads it: shares no code with the product. */
@NullMarked
package io.quaestor.chaos.chain;

import org.jspecify.annotations.NullMarked;
