package io.quaestor.persistence.chain;

/**
 * The storage failed, or failed before: it is not known what is on disk. Nothing more is written by
 * this process; a restart verifies the chain and finds out.
 */
public final class ChainFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  public ChainFailed(Throwable cause) {
    super("the chain's storage failed, the node must be restarted: " + cause.getMessage(), cause);
  }
}
