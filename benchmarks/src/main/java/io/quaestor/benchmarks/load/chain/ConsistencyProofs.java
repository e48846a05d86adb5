package io.quaestor.benchmarks.load.chain;

import io.quaestor.persistence.NodeChain;
import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.ProofCheck;
import io.quaestor.persistence.merkle.TreeReader;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/** Proofs that the chain at a random size is the beginning of the chain at a later one. */
final class ConsistencyProofs {

  private final NodeChain chain;
  private final long size;

  ConsistencyProofs(NodeChain chain) {
    this.chain = chain;
    this.size = chain.tree().size();
  }

  ProofTimes measure(SplittableRandom random, int count) throws IOException {
    ProofTimes times = new ProofTimes("consistency", hashesBound());
    for (int i = 0; i < count; i++) {
      long one = random.nextLong(size) + 1;
      long other = random.nextLong(size) + 1;
      add(times, Math.min(one, other), Math.max(one, other));
    }
    return times;
  }

  /** Beside its path, an old tree that is no whole subtree has the hash that it ends with. */
  private int hashesBound() {
    return InclusionProofs.heightOf(size) + 1;
  }

  /** The roots are what a client has from checkpoints, so they are not part of the time. */
  private void add(ProofTimes times, long oldSize, long newSize) throws IOException {
    TreeReader roots = chain.treeReader();
    Hash oldRoot = roots.root(oldSize);
    Hash newRoot = roots.root(newSize);
    long began = System.nanoTime();
    List<Hash> proof = chain.treeReader().consistency(oldSize, newSize);
    long made = System.nanoTime();
    boolean holds = ProofCheck.consistency(oldSize, newSize, oldRoot, newRoot, proof);
    long checked = System.nanoTime();
    if (!holds) {
      throw new IOException(
          "the proof from size %d to %d does not hold".formatted(oldSize, newSize));
    }
    times.add(made - began, checked - made, proof.size());
  }
}
