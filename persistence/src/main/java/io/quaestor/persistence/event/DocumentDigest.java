package io.quaestor.persistence.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of a catalog or a policy, which a decision names its terms by. */
public final class DocumentDigest {

  private DocumentDigest() {}

  /** SHA-256 of the document's JSON bytes as they stand in the chain, in 64 hex digits. */
  public static String of(Object document) {
    try {
      byte[] bytes = EventJson.MAPPER.writeValueAsBytes(document);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (JsonProcessingException e) {
      throw new UnreadableEvent("a document has no JSON form", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
