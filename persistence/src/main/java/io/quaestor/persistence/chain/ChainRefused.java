package io.quaestor.persistence.chain;

import java.util.OptionalLong;
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
  private final long firstBad;

  public ChainRefused(Code code, String message) {
    this(code, 0, message, null);
  }

  public ChainRefused(Code code, String message, Throwable cause) {
    this(code, 0, message, cause);
  }

  private ChainRefused(Code code, long firstBad, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.firstBad = firstBad;
  }

  /** The chain is broken as the fault says. */
  public static ChainRefused broken(Fault fault) {
    return new ChainRefused(fault.code(), fault.seq(), fault.sentence(), null);
  }

  public Code code() {
    return code;
  }

  /** The number of the first bad record, where the reason is a record. */
  public OptionalLong firstBad() {
    return firstBad == 0 ? OptionalLong.empty() : OptionalLong.of(firstBad);
  }
}
