/** The tenant's pure decider: route, settle and report against one state. */
@NullMarked
package io.quaestor.kernel.tenant;

import org.jspecify.annotations.NullMarked;
