package io.quaestor.persistence.checkpoint;

import io.quaestor.persistence.note.SigningKey;
import java.util.Optional;

/**
 * The key to sign with, and the one before it where a crash came between the adoption of the new
 * one and the handover: then both have to sign once more.
 *
 * @param handedOver to be called when a checkpoint signed by both is kept
 */
public record NodeKeys(SigningKey current, Optional<SigningKey> previous, Runnable handedOver) {

  public static NodeKeys of(SigningKey key) {
    return new NodeKeys(key, Optional.empty(), () -> {});
  }
}
