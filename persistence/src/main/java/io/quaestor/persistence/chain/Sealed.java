package io.quaestor.persistence.chain;

import java.time.Instant;

/** A draft that has become a record on disk. */
public record Sealed(Draft draft, Seal seal, Place place, Instant at) {}
