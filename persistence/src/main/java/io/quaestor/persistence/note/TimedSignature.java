package io.quaestor.persistence.note;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The signature of a cosignature.
 *
 * <pre>
 * seconds since 1970, 8 bytes, big-endian || Ed25519 signature, 64 bytes
 * </pre>
 *
 * A time of zero is none, and a witness must give one.
 */
final class TimedSignature {

  private static final int BYTES = Long.BYTES + Ed25519.SIGNATURE_SIZE;

  private final long seconds;
  private final byte[] signature;

  TimedSignature(long seconds, byte[] signature) {
    this.seconds = seconds;
    this.signature = signature;
  }

  /** Empty when the bytes are not of this form or name no time. */
  static Optional<TimedSignature> read(byte[] bytes) {
    if (bytes.length != BYTES) {
      return Optional.empty();
    }
    long seconds = ByteBuffer.wrap(bytes).getLong();
    return isTime(seconds)
        ? Optional.of(new TimedSignature(seconds, Arrays.copyOfRange(bytes, Long.BYTES, BYTES)))
        : Optional.empty();
  }

  static boolean isTime(long seconds) {
    return seconds > 0 && seconds <= Instant.MAX.getEpochSecond();
  }

  long seconds() {
    return seconds;
  }

  byte[] signature() {
    return signature;
  }

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(seconds).put(signature).array();
  }
}
