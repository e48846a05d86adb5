package io.quaestor.persistence;

import io.quaestor.persistence.chain.RecordLine;
import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.ProofCheck;
import io.quaestor.persistence.merkle.TreeReader;
import io.quaestor.persistence.note.TlogProof;
import java.util.List;

/**
 * Makes proofs from a chain. Each is checked before it is handed out, by the code that a stranger
 * would check it with: what is read from memory and disk may be damaged, a proof must not be.
 */
public final class Proofs {

  private final NodeChain chain;

  public Proofs(NodeChain chain) {
    this.chain = chain;
  }

  /** A consistency proof with the two roots that it connects. */
  public record Consistency(long from, Hash fromRoot, long to, Hash toRoot, List<Hash> proof) {}

  /**
   * The proof that a record is in the chain of a checkpoint that covers it. Carries the record's
   * JSON bytes along, so that nothing else is needed to check it but the key.
   */
  public TlogProof inclusion(RecordLine record, SignedCheckpoint checkpoint) {
    long index = record.envelope().seq() - 1;
    byte[] json = record.json();
    List<Hash> path = chain.treeReader().inclusion(index, checkpoint.size());
    TlogProof proof = TlogProof.of(index, path, checkpoint.note()).withExtra(json);
    require(proof.includes(Hash.leaf(json)), "record", index + 1);
    return proof;
  }

  /** The proof that the chain of {@code from} records is the beginning of that of {@code to}. */
  public Consistency consistency(long from, long to) {
    TreeReader reader = chain.treeReader();
    Hash fromRoot = reader.root(from);
    Hash toRoot = reader.root(to);
    List<Hash> proof = reader.consistency(from, to);
    require(ProofCheck.consistency(from, to, fromRoot, toRoot, proof), "size", from);
    return new Consistency(from, fromRoot, to, toRoot, proof);
  }

  private static void require(boolean holds, String what, long which) {
    if (!holds) {
      throw new IllegalStateException(
          "the proof for %s %d does not hold: a record or the tree is damaged; restart to verify"
              .formatted(what, which));
    }
  }
}
