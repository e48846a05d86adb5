package io.quaestor.persistence;

import java.util.Optional;

/**
 * What the chain says about one decision.
 *
 * @param made the DecisionMade
 * @param ending the last Committed, Released or Expired of its reservation
 */
public record Decided(SealedEvent made, Optional<SealedEvent> ending) {}
