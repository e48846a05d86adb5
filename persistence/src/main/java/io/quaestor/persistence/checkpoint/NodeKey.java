package io.quaestor.persistence.checkpoint;

import io.quaestor.persistence.chain.ChainRefused;
import io.quaestor.persistence.chain.ChainRefused.Code;
import io.quaestor.persistence.note.NoteRejected;
import io.quaestor.persistence.note.SigningKey;
import io.quaestor.persistence.note.VerifierKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The key that a node signs its checkpoints with: found where the settings say, made on the first
 * start, and always the one that the chain says.
 *
 * <p>A change of the key is first prepared ({@code node.key.new}), then adopted by a record of the
 * chain, then signed by both keys, then put in the place of the old one. The first key takes the
 * same way. So a key file that is in its place was adopted: when the chain does not know it, the
 * chain is not the one it was.
 */
public final class NodeKey {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeySource source;
  private final String origin;
  private final boolean adoptsUnsigned;

  /**
   * @param origin of the checkpoints; also the name of the key
   */
  public NodeKey(KeySource source, String origin) {
    this(source, origin, false);
  }

  /**
   * @param adoptsUnsigned whether a key that was there before may begin to sign a chain that has
   *     records and was never signed
   */
  public NodeKey(KeySource source, String origin, boolean adoptsUnsigned) {
    this.source = source;
    this.origin = origin;
    this.adoptsUnsigned = adoptsUnsigned;
  }

  /**
   * The key to sign with.
   *
   * @param records how many the chain has
   * @throws ChainRefused when it is not there, cannot be read, or is not the chain's
   */
  public NodeKeys load(KeyHistory history, long records) {
    NodeKeys keys =
        switch (source) {
          case KeySource.Given given -> given(given, history, records);
          case KeySource.InFile in -> fromFile(in.file(), history, records);
        };
    history.current().ifPresent(current -> requireSame(keys.current(), current.key()));
    if (!keys.current().verifier().name().equals(origin)) {
      throw new ChainRefused(
          Code.KEY_MISMATCH,
          "the node's key has the name %s, and its checkpoints the origin %s; set the origin back"
                  .formatted(keys.current().verifier().name(), origin)
              + " or give a key of that name");
    }
    return keys;
  }

  private NodeKeys given(KeySource.Given given, KeyHistory history, long records) {
    requireNewChain(history, records);
    return NodeKeys.of(parse(given.secret(), "the given key"));
  }

  private NodeKeys fromFile(Path file, KeyHistory history, long records) {
    KeyFile inPlace = new KeyFile(file);
    KeyFile prepared = prepared(file);
    Optional<SigningKey> old = read(inPlace);
    Optional<SigningKey> next = read(prepared);
    if (next.isPresent() && isCurrent(next.get(), history)) {
      return new NodeKeys(
          next.get(),
          old.filter(key -> isBeforeLast(key, history)),
          () -> prepared.replace(inPlace));
    }
    if (old.isPresent()) {
      requireNewChain(history, records);
      return NodeKeys.of(old.get());
    }
    if (!history.isEmpty()) {
      throw new ChainRefused(
          Code.KEY_UNREADABLE,
          "there is no key file %s, and the chain is signed with the key %s; put the file back"
              .formatted(file, history.keys().getLast().key()));
    }
    return new NodeKeys(
        next.orElseGet(() -> prepareNext(file)), Optional.empty(), () -> prepared.replace(inPlace));
  }

  private static boolean isCurrent(SigningKey key, KeyHistory history) {
    return history.current().filter(it -> it.key().equals(key.verifier())).isPresent();
  }

  private static boolean isBeforeLast(SigningKey key, KeyHistory history) {
    int count = history.keys().size();
    return count > 1 && history.keys().get(count - 2).key().equals(key.verifier());
  }

  /** Whoever can write the directory, but has no key, could leave the adoption out. */
  private void requireNewChain(KeyHistory history, long records) {
    if (history.isEmpty() && records > 0 && !adoptsUnsigned) {
      throw new ChainRefused(
          Code.CHAIN_UNSIGNED,
          "the chain has %d records and does not know the node's key, which was there before it; if it"
                  .formatted(records)
              + " was written before it was to be signed, start once with"
              + " quaestor.checkpoint.adopt-unsigned = true");
    }
  }

  private void requireSame(SigningKey key, VerifierKey adopted) {
    if (!key.verifier().equals(adopted)) {
      throw new ChainRefused(
          Code.KEY_MISMATCH,
          "the node's key is %s, but the chain is signed with %s; give that key"
              .formatted(key.verifier(), adopted));
    }
  }

  // ---- change ----------------------------------------------------------------------------------

  /** Makes the next key and keeps it beside the place of the present one. */
  public SigningKey prepareNext(Path file) {
    SigningKey next = SigningKey.generate(origin, RANDOM);
    prepared(file).write(next.secretText());
    return next;
  }

  /** Puts the prepared key in its place; called when the chain has adopted it. */
  public static void putInPlace(Path file) {
    prepared(file).replace(new KeyFile(file));
  }

  private static KeyFile prepared(Path file) {
    return new KeyFile(file.resolveSibling(file.getFileName() + ".new"));
  }

  private static Optional<SigningKey> read(KeyFile file) {
    return file.read().map(secret -> parse(secret, "the key file " + file.path()));
  }

  private static SigningKey parse(String secret, String what) {
    try {
      return SigningKey.parse(secret);
    } catch (NoteRejected e) {
      throw new ChainRefused(
          Code.KEY_UNREADABLE, "%s cannot be used: %s".formatted(what, e.sentence()), e);
    }
  }
}
