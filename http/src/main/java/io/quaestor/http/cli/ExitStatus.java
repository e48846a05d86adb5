package io.quaestor.http.cli;

/** How the process ends, for scripts and supervisors. */
final class ExitStatus {

  static final int OK = 0;

  /** The node could not start, or a check found differences. */
  static final int FAILED = 1;

  /** Wrong usage or configuration, or a directory or file that cannot be used. */
  static final int UNUSABLE = 2;

  /** The chain is broken. */
  static final int CHAIN_BROKEN = 3;

  /** Storage failed while running; a restart verifies the chain. */
  static final int STORAGE_FAILED = 4;

  private ExitStatus() {}
}
