package io.quaestor.persistence.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A signature line says who signed a note, with which key, and holds the signature. It vouches for
 * nothing until a {@link VerifierKey} has checked it.
 *
 * <pre>
 * — name base64(key id, 4 bytes, big-endian || signature) LF
 *
 * (EM DASH U+2014, space, name, space)
 * </pre>
 */
public record SignatureLine(String name, String base64) {

  /** How many a note can carry. */
  public static final int LINES_MAX = 100;

  private static final String DASH = "\u2014 ";

  /** Checks that the line could be written. */
  public SignatureLine {
    if (!KeyName.isValid(name)) {
      throw NoteRejected.malformed("the name in a signature line is empty or no name");
    }
    if (StrictBase64.decode(base64).filter(bytes -> bytes.length > KeyId.BYTES).isEmpty()) {
      throw NoteRejected.malformed(
          "the signature line of %s does not end with the base64 of a signature".formatted(name));
    }
  }

  static SignatureLine of(VerifierKey key, byte[] signature) {
    byte[] bytes = new byte[KeyId.BYTES + signature.length];
    ByteBuffer.wrap(bytes).putInt(key.id().value()).put(signature);
    return new SignatureLine(key.name(), StrictBase64.encode(bytes));
  }

  /** Reads lines one after another; there is at least one, and each ends with LF. */
  public static List<SignatureLine> parseAll(String text) {
    return Lines.of(text, LINES_MAX)
        .orElseThrow(
            () ->
                NoteRejected.malformed(
                    "there are 1 to %d signature lines, and each ends with a line feed"
                        .formatted(LINES_MAX)))
        .stream()
        .map(SignatureLine::parse)
        .toList();
  }

  private static SignatureLine parse(String line) {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space < DASH.length()) {
      throw NoteRejected.malformed(
          "a signature line is an em dash, a name and base64, with one space between them");
    }
    return new SignatureLine(line.substring(DASH.length(), space), line.substring(space + 1));
  }

  public KeyId keyId() {
    return KeyId.read(bytes());
  }

  /** The signature without the key id. */
  byte[] signature() {
    byte[] bytes = bytes();
    return Arrays.copyOfRange(bytes, KeyId.BYTES, bytes.length);
  }

  private byte[] bytes() {
    return StrictBase64.decode(base64).orElseThrow();
  }

  /** Whether the other says that it is by the same key. */
  boolean isOfSameKey(SignatureLine other) {
    return name.equals(other.name) && keyId().equals(other.keyId());
  }

  /** The line with its end. */
  public String text() {
    return DASH + name + " " + base64 + "\n";
  }
}
