/** A client that sees every byte. */
@NullMarked
package io.quaestor.chaos.client;

import org.jspecify.annotations.NullMarked;
