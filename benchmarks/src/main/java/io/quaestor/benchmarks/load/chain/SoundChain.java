package io.quaestor.benchmarks.load.chain;

import io.quaestor.persistence.chain.ChainVerifier;
import io.quaestor.persistence.chain.Disk;
import io.quaestor.persistence.chain.Fault;
import io.quaestor.persistence.chain.Progress;
import io.quaestor.persistence.chain.Verdict;
import io.quaestor.persistence.chain.Verification;
import java.io.IOException;

/** The product's verification, which has to find all of the chain sound: else nothing is told. */
final class SoundChain {

  private SoundChain() {}

  static Verification verify(GeneratedChain chain, Progress progress) throws IOException {
    Verification verification =
        new ChainVerifier(Disk.local(), chain.directory(), GeneratedChain.NODE, null)
            .verify(progress);
    switch (verification.verdict()) {
      case Verdict.Sound sound -> requireAll(chain, sound.head().seq(), verification);
      case Verdict.Torn torn -> throw damaged(torn.fault());
      case Verdict.Broken broken -> throw damaged(broken.fault());
    }
    return verification;
  }

  private static void requireAll(GeneratedChain chain, long records, Verification verification)
      throws IOException {
    if (records != chain.recipe().records() || verification.tree().size() != records) {
      throw new IOException(
          "the chain has %,d records with %,d in its tree, and should have %,d"
              .formatted(records, verification.tree().size(), chain.recipe().records()));
    }
  }

  private static IOException damaged(Fault fault) {
    return new IOException("nothing is measured, " + fault.sentence());
  }
}
