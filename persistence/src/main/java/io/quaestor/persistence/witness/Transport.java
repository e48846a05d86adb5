package io.quaestor.persistence.witness;

import java.io.IOException;

/** Carries one request to {@code add-checkpoint} of a witness. */
@FunctionalInterface
public interface Transport {

  Response post(byte[] body) throws IOException;

  /**
   * What came back.
   *
   * @param contentType empty when there is none
   * @param body as text, which the transport bounds
   */
  record Response(int status, String contentType, String body) {}
}
