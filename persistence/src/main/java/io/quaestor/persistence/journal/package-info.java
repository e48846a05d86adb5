/** The Pekko journal over the chain. */
@NullMarked
package io.quaestor.persistence.journal;

import org.jspecify.annotations.NullMarked;
