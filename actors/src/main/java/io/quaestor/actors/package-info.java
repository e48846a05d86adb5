/** The actors of a node: tenants behind Cluster Sharding, and the registry. */
@NullMarked
package io.quaestor.actors;

import org.jspecify.annotations.NullMarked;
