package io.quaestor.kernel.replay;

import io.quaestor.kernel.event.Event;
import java.time.Instant;

/**
 * An entry is an event with its place in a chain.
 *
 * @param seq the record's number in the chain
 * @param sealedAt when the record was sealed
 * @param entity whose event it is, as {@code kind|name}
 * @param eseq the event's number within the entity, from 1
 */
public record Entry(long seq, Instant sealedAt, String entity, long eseq, Event event) {}
