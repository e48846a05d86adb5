/**
 * The Merkle tree over the records of a chain: RFC 6962 hashing, proofs, and their verification
 * (RFC 9162). Pure: bytes in, hashes out.
 */
@NullMarked
package io.quaestor.persistence.merkle;

import org.jspecify.annotations.NullMarked;
