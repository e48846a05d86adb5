package io.quaestor.benchmarks.load.chain;

import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.MerkleTree;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.SigningKey;
import io.quaestor.persistence.note.TlogProof;
import io.quaestor.persistence.note.VerifierKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Proofs that random records are in the chain. Making one reads the record and its path and writes
 * both as a file; verifying has that file and the public key, and nothing else.
 */
final class InclusionProofs {

  private static final String ORIGIN = "quaestor.local/" + GeneratedChain.NODE;

  private final NodeChain chain;
  private final long size;
  private final SignedNote checkpoint;
  private final List<VerifierKey> known;

  InclusionProofs(NodeChain chain) {
    this.chain = chain;
    MerkleTree.Head head = chain.tree().head();
    SigningKey key = SigningKey.generate(ORIGIN, new SecureRandom());
    this.size = head.size();
    this.checkpoint = SignedNote.sign(new Checkpoint(ORIGIN, size, head.root()).text(), key);
    this.known = List.of(key.verifier());
  }

  ProofTimes measure(SplittableRandom random, int count) throws IOException {
    ProofTimes times = new ProofTimes("inclusion", heightOf(size));
    for (int i = 0; i < count; i++) {
      long index = random.nextLong(size);
      long began = System.nanoTime();
      byte[] proof = make(index);
      long made = System.nanoTime();
      boolean holds = holds(proof);
      long checked = System.nanoTime();
      if (!holds) {
        throw new IOException("the proof of record %d does not hold".formatted(index + 1));
      }
      times.add(made - began, checked - made, TlogProof.parse(proof).path().size());
    }
    return times;
  }

  /** Binary levels above the leaves, which no path is longer than. */
  static int heightOf(long size) {
    return Long.SIZE - Long.numberOfLeadingZeros(size - 1);
  }

  private byte[] make(long index) {
    byte[] record = chain.reader().record(index + 1).orElseThrow().json();
    List<Hash> path = chain.treeReader().inclusion(index, size);
    return TlogProof.of(index, path, checkpoint).withExtra(record).bytes();
  }

  /** From the bytes alone: form, signature, hash of the record, path to the signed root. */
  private boolean holds(byte[] bytes) {
    try {
      TlogProof proof = TlogProof.parse(bytes);
      proof.note().open(known);
      return proof.includes(Hash.leaf(proof.extra().orElseThrow()));
    } catch (NoteRejected e) {
      return false;
    }
  }
}
