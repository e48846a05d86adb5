package io.quaestor.persistence.journal;

/** The answer of a future that has none: Pekko's Java API types it {@code Void}. */
public final class Nothing {

  private Nothing() {}

  @SuppressWarnings("NullAway") // Void has no other value
  public static Void nothing() {
    return null;
  }
}
