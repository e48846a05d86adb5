/** Shadow runs: calls of the past decided by the code that decides live ones. */
@NullMarked
package io.quaestor.kernel.shadow;

import org.jspecify.annotations.NullMarked;
