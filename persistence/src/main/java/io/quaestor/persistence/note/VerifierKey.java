package io.quaestor.persistence.note;

import io.quaestor.persistence.note.NoteRejected.Code;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A verifier key is the public half of a key with the name of who holds the other: what one must
 * have from a trusted place to believe a note.
 *
 * <pre>
 * name + key id, 8 hex digits + base64(type, 1 byte || Ed25519 public key, 32 bytes)
 *
 * example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k
 * </pre>
 */
public final class VerifierKey {

  private static final Pattern FORM = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+([^\n]+)");

  private final String name;
  private final KeyType type;
  private final byte[] publicKey;
  private final KeyId id;

  /**
   * The key of this name, type and these 32 bytes.
   *
   * @throws NoteRejected when the name cannot be one, or the bytes are no key that a generator
   *     makes: not a point of the curve, or one that fits signatures nobody made
   */
  public VerifierKey(String name, KeyType type, byte[] publicKey) {
    this.name = checkedName(name);
    this.type = type;
    this.publicKey = checkedPoint(name, publicKey);
    this.id = KeyId.of(name, type, publicKey);
  }

  static String checkedName(String name) {
    if (!KeyName.isValid(name)) {
      throw new NoteRejected(
          Code.KEY_MALFORMED, "the name of a key is not empty and has no spaces and no \"+\"");
    }
    return name;
  }

  private static byte[] checkedPoint(String name, byte[] publicKey) {
    if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE) {
      throw new NoteRejected(
          Code.KEY_MALFORMED,
          "the key %s has %d bytes; an Ed25519 key has 32".formatted(name, publicKey.length));
    }
    if (!Ed25519.validatePublicKeyFull(publicKey, 0)) {
      throw new NoteRejected(
          Code.KEY_MALFORMED, "the 32 bytes of the key %s are no Ed25519 key".formatted(name));
    }
    return publicKey.clone();
  }

  /** Reads the text form. */
  public static VerifierKey parse(String text) {
    Matcher fields = FORM.matcher(text);
    if (!fields.matches()) {
      throw malformed();
    }
    byte[] typed = StrictBase64.decode(fields.group(3)).orElseThrow(VerifierKey::malformed);
    VerifierKey key = new VerifierKey(fields.group(1), type(typed), untyped(typed));
    key.checkId(fields.group(2));
    return key;
  }

  /** Does not repeat the text, which may be a private key in the wrong place. */
  private static NoteRejected malformed() {
    return new NoteRejected(
        Code.KEY_MALFORMED,
        "a verifier key is its name, \"+\", 8 hex digits, \"+\" and base64; this text is not");
  }

  static KeyType type(byte[] typed) {
    return KeyType.of(typed[0])
        .orElseThrow(
            () ->
                new NoteRejected(
                    Code.KEY_TYPE,
                    "a key of type 0x%02x is not known here; 0x01 and 0x04 are"
                        .formatted(typed[0])));
  }

  static byte[] untyped(byte[] typed) {
    return Arrays.copyOfRange(typed, 1, typed.length);
  }

  void checkId(String expected) {
    if (!id.toString().equals(expected)) {
      throw new NoteRejected(
          Code.KEY_ID,
          "the key %s has the id %s, not %s; one character or more of it was changed"
              .formatted(name, id, expected));
    }
  }

  public String name() {
    return name;
  }

  public KeyType type() {
    return type;
  }

  public KeyId id() {
    return id;
  }

  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** Whether a signature says that it is by this key. */
  public boolean isNamedBy(SignatureLine line) {
    return line.name().equals(name) && line.keyId().equals(id);
  }

  /** What a signature of this key over a note's text says; empty when it is not one. */
  public Optional<VerifiedSignature> verify(String text, SignatureLine line) {
    if (!isNamedBy(line)) {
      return Optional.empty();
    }
    return switch (type) {
      case ED25519 -> verifyPlain(text, line);
      case COSIGNATURE -> verifyCosignature(text, line);
    };
  }

  private Optional<VerifiedSignature> verifyPlain(String text, SignatureLine line) {
    return fits(line.signature(), Utf8.encode(text))
        ? Optional.of(new VerifiedSignature.Plain(this, line))
        : Optional.empty();
  }

  private Optional<VerifiedSignature> verifyCosignature(String text, SignatureLine line) {
    return TimedSignature.read(line.signature())
        .filter(timed -> fits(timed.signature(), CosignedText.of(timed.seconds(), text)))
        .map(timed -> Instant.ofEpochSecond(timed.seconds()))
        .map(time -> new VerifiedSignature.Cosignature(this, line, time));
  }

  private boolean fits(byte[] signature, byte[] message) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
  }

  /** The text form without the id's check: type and key, as both halves write them. */
  static String base64(KeyType type, byte[] key) {
    byte[] typed = new byte[1 + key.length];
    typed[0] = type.id();
    System.arraycopy(key, 0, typed, 1, key.length);
    return StrictBase64.encode(typed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey key
        && name.equals(key.name)
        && type == key.type
        && Arrays.equals(publicKey, key.publicKey);
  }

  @Override
  public int hashCode() {
    return id.value();
  }

  /** The text form. */
  @Override
  public String toString() {
    return name + "+" + id + "+" + base64(type, publicKey);
  }
}
