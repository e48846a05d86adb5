package io.quaestor.persistence.note;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of parts one after another. */
public final class Sha256 {

  private Sha256() {}

  public static byte[] of(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
