package io.quaestor.persistence.note;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * A cosigner key vouches that a checkpoint follows from those before: the key of a witness. Its own
 * type, because one key must never sign two kinds of statements.
 */
public final class CosignerKey {

  private final Ed25519Key key;

  private CosignerKey(Ed25519Key key) {
    this.key = key;
  }

  public static CosignerKey generate(String name, SecureRandom random) {
    return new CosignerKey(Ed25519Key.generate(name, KeyType.COSIGNATURE, random));
  }

  /** Reads {@code PRIVATE+KEY+NAME+ID+BASE64}, as {@link #secretText} writes. */
  public static CosignerKey parse(String secretText) {
    return new CosignerKey(Ed25519Key.parse(secretText, KeyType.COSIGNATURE));
  }

  /** The half that anybody may have. */
  public VerifierKey verifier() {
    return key.verifier();
  }

  /** The key for keeping. Who has this text can sign. */
  public String secretText() {
    return key.secretText();
  }

  /**
   * The cosignature over the text of a checkpoint.
   *
   * @param time now, to the second
   * @throws IllegalArgumentException when the time is not after 1970
   */
  public SignatureLine cosign(String checkpoint, Instant time) {
    long seconds = time.getEpochSecond();
    if (!TimedSignature.isTime(seconds)) {
      throw new IllegalArgumentException("a cosignature has a time after 1970, not " + time);
    }
    byte[] signature = key.sign(CosignedText.of(seconds, checkpoint));
    return SignatureLine.of(verifier(), new TimedSignature(seconds, signature).bytes());
  }

  /** The public half; a log line must not show the other. */
  @Override
  public String toString() {
    return "CosignerKey[" + verifier() + "]";
  }
}
