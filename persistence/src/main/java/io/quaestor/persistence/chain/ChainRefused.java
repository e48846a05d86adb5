package io.quaestor.persistence.chain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chain that cannot be opened as it is. The message is one or two sentences for a person: what is
 * wrong and what to do.
 */
public final class ChainRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Why, for machines. */
  public enum Code {
    CHAIN_BROKEN,
    CHAIN_TRUNCATED,
    DIRECTORY_LOCKED,
    DIRECTORY_UNWRITABLE,
    DIRECTORY_UNREADABLE,
    FORMAT_TOO_NEW,
    NODE_MISMATCH,
    DISK_FULL;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Code code;
  private final transient @Nullable Fault fault;

  public ChainRefused(Code code, String message) {
    super(message);
    this.code = code;
    this.fault = null;
  }

  public ChainRefused(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.fault = null;
  }

  private ChainRefused(Fault fault) {
    super(fault.sentence());
    this.code = fault.code();
    this.fault = fault;
  }

  /** The chain is broken as the fault says. */
  public static ChainRefused broken(Fault fault) {
    return new ChainRefused(fault);
  }

  public Code code() {
    return code;
  }

  /** The first bad record, where the reason is a record. */
  public Optional<Fault> fault() {
    return Optional.ofNullable(fault);
  }
}
