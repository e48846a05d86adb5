/** The tenant behind Cluster Sharding: inbox, event-sourced actor, and the way to ask it. */
@NullMarked
package io.quaestor.actors.tenant;

import org.jspecify.annotations.NullMarked;
