package io.quaestor.persistence;

import io.quaestor.kernel.event.Event;
import io.quaestor.persistence.chain.Seal;
import java.time.Instant;

/**
 * A sealed event is an event with its place in the chain.
 *
 * @param at when it was sealed
 * @param eseq the entity's own number of it
 */
public record SealedEvent(Event event, Seal seal, Instant at, long eseq) {}
