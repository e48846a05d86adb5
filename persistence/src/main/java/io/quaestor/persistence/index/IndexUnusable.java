package io.quaestor.persistence.index;

/** The index cannot be opened, read or written. */
public final class IndexUnusable extends RuntimeException {

  private static final long serialVersionUID = 1;

  IndexUnusable(String message) {
    super(message);
  }

  IndexUnusable(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
