package io.quaestor.persistence.witness;

import io.quaestor.persistence.merkle.Hash;
import io.quaestor.persistence.merkle.ReferenceTree;
import io.quaestor.persistence.note.Checkpoint;
import io.quaestor.persistence.note.SignedNote;
import io.quaestor.persistence.note.SigningKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A log of up to forty records that signs what it is told to. */
record TestLog(SigningKey key, ReferenceTree tree) {

  static final String ORIGIN = "log.example/node-1";

  static TestLog create() {
    return named(ORIGIN);
  }

  static TestLog named(String origin) {
    return new TestLog(
        SigningKey.generate(origin, new SecureRandom()), ReferenceTree.of("record ", 40));
  }

  /** The same log with other records from a number on. */
  TestLog forkedAt(int size) {
    List<Hash> leaves = new ArrayList<>(tree.leaves().subList(0, size));
    leaves.addAll(ReferenceTree.of("other ", 40).leaves().subList(size, 40));
    return new TestLog(key, new ReferenceTree(leaves));
  }

  /** The same log with a new key. */
  TestLog rekeyed() {
    return new TestLog(named(key.verifier().name()).key(), tree);
  }

  Checkpoint checkpoint(int size) {
    return new Checkpoint(key.verifier().name(), size, tree.root(size));
  }

  SignedNote note(int size) {
    return SignedNote.sign(checkpoint(size).text(), key);
  }

  WitnessRequest request(int oldSize, int newSize) {
    return WitnessRequest.of(oldSize, tree.consistency(oldSize, newSize), note(newSize));
  }
}
