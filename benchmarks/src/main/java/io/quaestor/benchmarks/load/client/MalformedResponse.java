package io.quaestor.benchmarks.load.client;

import java.io.IOException;

/** The bytes that came are not a response this client accepts. */
public final class MalformedResponse extends IOException {
  private static final long serialVersionUID = 1;

  MalformedResponse(String message) {
    super(message);
  }
}
