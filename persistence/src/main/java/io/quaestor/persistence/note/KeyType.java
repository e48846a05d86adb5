package io.quaestor.persistence.note;

import java.util.Optional;
import java.util.stream.Stream;

/** What a key signs, and how: the signature type of C2SP signed-note. */
public enum KeyType {
  /** Ed25519 over the text of a note. */
  ED25519(0x01),
  /** Ed25519 over a checkpoint and the time at which a witness saw it. */
  COSIGNATURE(0x04);

  private final byte id;

  KeyType(int id) {
    this.id = (byte) id;
  }

  /** The byte that stands for the type before a key. */
  public byte id() {
    return id;
  }

  static Optional<KeyType> of(byte id) {
    return Stream.of(values()).filter(type -> type.id == id).findFirst();
  }

  @Override
  public String toString() {
    return "0x%02x".formatted(id);
  }
}
