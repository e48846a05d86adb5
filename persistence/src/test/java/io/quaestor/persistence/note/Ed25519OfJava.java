package io.quaestor.persistence.note;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Ed25519 by the Java runtime, which shares no code with what it judges. */
final class Ed25519OfJava {

  private static final String DER_PREFIX = "302a300506032b6570032100";

  private Ed25519OfJava() {}

  static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      byte[] der = HexFormat.of().parseHex(DER_PREFIX + HexFormat.of().formatHex(publicKey));
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
