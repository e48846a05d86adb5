package io.quaestor.persistence.chain;

/**
 * A seal is the place of an event in a node's chain.
 *
 * @param seq counts the node's records from 1
 * @param hash SHA-256 of the record's JSON bytes, 64 hex digits
 * @param prev hash of the record before it, 64 zeros for the first
 */
public record Seal(String node, long seq, String hash, String prev) {}
