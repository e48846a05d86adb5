/** The catalog of models on offer, the policy, and their compiled form. */
@NullMarked
package io.quaestor.kernel.catalog;

import org.jspecify.annotations.NullMarked;
