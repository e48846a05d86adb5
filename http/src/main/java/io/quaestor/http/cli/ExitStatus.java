package io.quaestor.http.cli;

import io.quaestor.persistence.chain.ChainRefused;

/** How the process ends, for scripts and supervisors. */
public final class ExitStatus {

  public static final int OK = 0;

  /** The node could not start, or a check found differences. */
  public static final int FAILED = 1;

  /** Wrong usage or configuration, or a directory or file that cannot be used. */
  public static final int UNUSABLE = 2;

  /** The chain is broken. */
  public static final int CHAIN_BROKEN = 3;

  /** Storage failed while running; a restart verifies the chain. */
  public static final int STORAGE_FAILED = 4;

  private ExitStatus() {}

  /** Of a command that met a chain which cannot be used as it is. */
  public static int of(ChainRefused refused) {
    return refused.code().isBroken() || refused.fault().isPresent() ? CHAIN_BROKEN : UNUSABLE;
  }
}
