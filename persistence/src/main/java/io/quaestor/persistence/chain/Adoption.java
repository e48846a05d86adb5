package io.quaestor.persistence.chain;

import io.quaestor.kernel.event.Event.NodeEvent;

/**
 * An adoption is a record by which a node binds its later checkpoints: to a key ({@code
 * KeyAdopted}) or to a place outside ({@code AnchorAdopted}).
 */
public record Adoption(long seq, NodeEvent event) {}
