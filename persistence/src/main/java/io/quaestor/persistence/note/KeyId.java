package io.quaestor.persistence.note;

import java.nio.ByteBuffer;

/**
 * Four bytes that tell keys of one name apart. Not a protection: anybody can make a key with a
 * given id.
 *
 * <pre>
 * SHA-256(name || LF || type || public key), first 4 bytes, big-endian
 * </pre>
 */
public record KeyId(int value) {

  static final int BYTES = 4;

  static KeyId of(String name, KeyType type, byte[] publicKey) {
    byte[] typed = {'\n', type.id()};
    return read(Sha256.of(Utf8.encode(name), typed, publicKey));
  }

  /** The id that these bytes begin with. */
  static KeyId read(byte[] bytes) {
    return new KeyId(ByteBuffer.wrap(bytes).getInt());
  }

  /** Eight hex digits. */
  @Override
  public String toString() {
    return "%08x".formatted(value);
  }
}
