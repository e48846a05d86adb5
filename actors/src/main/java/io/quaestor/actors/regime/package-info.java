/** The live regimes: eight projections of the chain, and the views that tenants read of them. */
@NullMarked
package io.quaestor.actors.regime;

import org.jspecify.annotations.NullMarked;
