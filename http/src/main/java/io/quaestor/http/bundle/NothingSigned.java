package io.quaestor.http.bundle;

/** A chain without any checkpoint: a bundle of it would show nothing to anybody else. */
public final class NothingSigned extends RuntimeException {

  private static final long serialVersionUID = 1;

  NothingSigned() {
    super(
        "the chain has no signed checkpoint, so a bundle of it could be checked by nobody; start the"
            + " node once with signing on (quaestor.checkpoint.signing), which signs all records");
  }
}
