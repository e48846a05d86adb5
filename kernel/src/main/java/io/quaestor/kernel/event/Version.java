package io.quaestor.kernel.event;

/**
 * One version of a policy or a catalog.
 *
 * @param version counts from 1 within the name
 * @param digest SHA-256 (64 hex digits) of the document's JSON bytes as they stand in the chain
 */
public record Version(String name, long version, String digest) {}
