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
 * chain, then put in the place of the old one. A crash in between leaves either the old key in
 * force, or the new one, which the next start puts in its place.
 */
public final class NodeKey {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeySource source;
  private final String origin;

  /**
   * @param origin of the checkpoints; also the name of the key
   */
  public NodeKey(KeySource source, String origin) {
    this.source = source;
    this.origin = origin;
  }

  /**
   * The key to sign with.
   *
   * @throws ChainRefused when it is not there, cannot be read, or is not the chain's
   */
  public SigningKey load(KeyHistory history) {
    SigningKey key =
        switch (source) {
          case KeySource.Given given -> parse(given.secret(), "the given key");
          case KeySource.InFile in -> fromFile(in.file(), history);
        };
    history.current().ifPresent(current -> requireSame(key, current.key()));
    if (!key.verifier().name().equals(origin)) {
      throw new ChainRefused(
          Code.KEY_MISMATCH,
          "the node's key has the name %s, and its checkpoints the origin %s; set the origin back"
                  .formatted(key.verifier().name(), origin)
              + " or give a key of that name");
    }
    return key;
  }

  private SigningKey fromFile(Path file, KeyHistory history) {
    KeyFile current = new KeyFile(file);
    finishChange(current, history);
    Optional<String> secret = current.read();
    if (secret.isPresent()) {
      return parse(secret.get(), "the key file " + file);
    }
    if (!history.isEmpty()) {
      throw new ChainRefused(
          Code.KEY_UNREADABLE,
          "there is no key file %s, and the chain is signed with the key %s; put the file back"
              .formatted(file, history.keys().getLast().key()));
    }
    SigningKey made = SigningKey.generate(origin, RANDOM);
    current.write(made.secretText());
    return made;
  }

  private void requireSame(SigningKey key, VerifierKey adopted) {
    if (!key.verifier().equals(adopted)) {
      throw new ChainRefused(
          Code.KEY_MISMATCH,
          "the node's key is %s, but the chain is signed with %s; give that key, or change it with"
                  .formatted(key.verifier(), adopted)
              + " 'quaestor keys rotate'");
    }
  }

  // ---- change ----------------------------------------------------------------------------------

  /** Makes the next key and keeps it beside the present one, or in another file. */
  public SigningKey prepareNext(Path file) {
    SigningKey next = SigningKey.generate(origin, RANDOM);
    prepared(file).write(next.secretText());
    return next;
  }

  /** Puts the prepared key in its place; called when the chain has adopted it. */
  public static void putInPlace(Path file) {
    prepared(file).replace(new KeyFile(file));
  }

  private void finishChange(KeyFile current, KeyHistory history) {
    KeyFile prepared = prepared(current.path());
    boolean adopted =
        prepared
            .read()
            .map(secret -> parse(secret, "the key file " + prepared.path()).verifier())
            .flatMap(key -> history.current().map(adoption -> adoption.key().equals(key)))
            .orElse(false);
    if (adopted) {
      prepared.replace(current);
    }
  }

  private static KeyFile prepared(Path file) {
    return new KeyFile(file.resolveSibling(file.getFileName() + ".new"));
  }

  private static SigningKey parse(String secret, String what) {
    try {
      return SigningKey.parse(secret);
    } catch (NoteRejected e) {
      throw new ChainRefused(
          Code.KEY_UNREADABLE, "%s cannot be used: %s".formatted(what, e.getMessage()), e);
    }
  }
}
