package io.quaestor.persistence.note;

import io.quaestor.persistence.note.NoteRejected.Code;
import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The private half of a key, in the text form of Go's sumdb/note. Who has the text can sign.
 *
 * <pre>
 * PRIVATE+KEY+ name + key id, 8 hex digits + base64(type, 1 byte || seed, 32 bytes)
 * </pre>
 *
 * The key id is the public half's.
 */
final class Ed25519Key {

  private static final String PREFIX = "PRIVATE+KEY+";
  private static final Pattern FORM =
      Pattern.compile("PRIVATE\\+KEY\\+([^+]+)\\+([0-9a-f]{8})\\+([^\n]+)");

  private final VerifierKey verifier;
  private final byte[] seed;

  private Ed25519Key(String name, KeyType type, byte[] seed) {
    byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    this.verifier = new VerifierKey(name, type, publicKey);
    this.seed = seed;
  }

  static Ed25519Key generate(String name, KeyType type, SecureRandom random) {
    byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
    Ed25519.generatePrivateKey(random, seed);
    return new Ed25519Key(name, type, seed);
  }

  static Ed25519Key parse(String text, KeyType expected) {
    Matcher fields = FORM.matcher(text);
    if (!fields.matches()) {
      throw malformed();
    }
    byte[] typed = StrictBase64.decode(fields.group(3)).orElseThrow(Ed25519Key::malformed);
    checkType(VerifierKey.type(typed), expected);
    byte[] seed = VerifierKey.untyped(typed);
    if (seed.length != Ed25519.SECRET_KEY_SIZE) {
      throw malformed();
    }
    Ed25519Key key = new Ed25519Key(fields.group(1), expected, seed);
    key.verifier.checkId(fields.group(2));
    return key;
  }

  private static NoteRejected malformed() {
    return new NoteRejected(
        Code.KEY_MALFORMED,
        "a private key is \"PRIVATE+KEY+\", its name, \"+\", 8 hex digits, \"+\" and the base64 of"
            + " 33 bytes; this text is not");
  }

  private static void checkType(KeyType type, KeyType expected) {
    if (type != expected) {
      throw new NoteRejected(
          Code.KEY_TYPE,
          "the private key is of type %s, and one of type %s is needed here"
              .formatted(type, expected));
    }
  }

  VerifierKey verifier() {
    return verifier;
  }

  byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, verifier.publicKey(), 0, message, 0, message.length, signature, 0);
    return signature;
  }

  /** The text form, which is secret. */
  String secretText() {
    return PREFIX
        + verifier.name()
        + "+"
        + verifier.id()
        + "+"
        + VerifierKey.base64(verifier.type(), seed);
  }
}
