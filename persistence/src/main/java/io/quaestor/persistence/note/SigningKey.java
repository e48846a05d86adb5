package io.quaestor.persistence.note;

import java.security.SecureRandom;

/** A signing key vouches for the text of notes: the key of a log. */
public final class SigningKey {

  private final Ed25519Key key;

  private SigningKey(Ed25519Key key) {
    this.key = key;
  }

  public static SigningKey generate(String name, SecureRandom random) {
    return new SigningKey(Ed25519Key.generate(name, KeyType.ED25519, random));
  }

  /** Reads {@code PRIVATE+KEY+NAME+ID+BASE64}, as {@link #secretText} and Go's sumdb/note write. */
  public static SigningKey parse(String secretText) {
    return new SigningKey(Ed25519Key.parse(secretText, KeyType.ED25519));
  }

  /** The half that anybody may have. */
  public VerifierKey verifier() {
    return key.verifier();
  }

  /** The key for keeping. Who has this text can sign. */
  public String secretText() {
    return key.secretText();
  }

  /** The signature over a note's text, which ends with LF. */
  public SignatureLine sign(String text) {
    return SignatureLine.of(verifier(), key.sign(Utf8.encode(text)));
  }

  /** The public half; a log line must not show the other. */
  @Override
  public String toString() {
    return "SigningKey[" + verifier() + "]";
  }
}
