package io.quaestor.persistence.witness;

/**
 * The record of a witness cannot be read or written, so it cannot answer. The message is one or two
 * sentences for a person: what is wrong and what to do.
 */
public final class WitnessStoreFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  public WitnessStoreFailed(String message) {
    super(message);
  }

  public WitnessStoreFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
