/**
 * What Quaestor decides, without any I/O: the decision kernel, the budget ledger, the catalog and
 * policy, the events, and the tenant's decider that joins them.
 */
@NullMarked
package io.quaestor.kernel;

import org.jspecify.annotations.NullMarked;
