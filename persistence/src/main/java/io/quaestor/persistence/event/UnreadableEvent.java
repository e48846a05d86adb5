package io.quaestor.persistence.event;

/** The bytes of a record are sound, but this release cannot make an event of them. */
public final class UnreadableEvent extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnreadableEvent(String message) {
    super(message);
  }

  UnreadableEvent(String message, Throwable cause) {
    super(message, cause);
  }
}
