package io.quaestor.persistence;

import java.util.Optional;

/**
 * What the chain says about one decision.
 *
 * @param made the DecisionMade
 * @param ending the last event that ended its reservation (see {@code Event.ending})
 * @param taught whether an outcome of it has been learned from
 */
public record Decided(SealedEvent made, Optional<SealedEvent> ending, boolean taught) {}
