/** The replay check: every recorded decision is decided again, every budget folded again. */
@NullMarked
package io.quaestor.kernel.replay;

import org.jspecify.annotations.NullMarked;
