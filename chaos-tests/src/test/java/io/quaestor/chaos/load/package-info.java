/** A load whose every call is remembered with what became of it. */
@NullMarked
package io.quaestor.chaos.load;

import org.jspecify.annotations.NullMarked;
