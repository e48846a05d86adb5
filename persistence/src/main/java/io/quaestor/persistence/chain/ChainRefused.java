package io.quaestor.persistence.chain;

import java.util.Locale;
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
    /** A record is not what it must be; {@link #fault} says which. */
    CHAIN_BROKEN(true),
    /** Records are missing at the end that were there. */
    CHAIN_TRUNCATED(true),
    /** A place outside of the node knows a longer chain: the directory is an old copy. */
    CHAIN_ROLLED_BACK(true),
    /** The records are not those that a checkpoint was signed over. */
    CHAIN_REWRITTEN(true),
    /** The node has a key, and the chain has records but no word of any key. */
    CHAIN_UNSIGNED(true),
    /** The chain is signed, and its last checkpoint is not there. */
    CHECKPOINT_MISSING(true),
    /** Not a checkpoint. */
    CHECKPOINT_DAMAGED(true),
    CHECKPOINT_UNSIGNED(true),
    /** A signature does not fit the checkpoint. */
    CHECKPOINT_FORGED(true),
    /** Signed by a key that the chain did not have at that size. */
    CHECKPOINT_KEY_INVALID(true),
    /** A checkpoint of another chain. */
    CHECKPOINT_FOREIGN(true),
    /** The chain was anchored in a place that knows nothing of it now. */
    ANCHOR_MISSING(true),
    ANCHOR_UNREADABLE(false),
    /** The node's key is not the one that its chain says. */
    KEY_MISMATCH(false),
    KEY_UNREADABLE(false),
    DIRECTORY_LOCKED(false),
    DIRECTORY_UNWRITABLE(false),
    DIRECTORY_UNREADABLE(false),
    FORMAT_TOO_NEW(false),
    NODE_MISMATCH(false),
    DISK_FULL(false);

    private final boolean broken;

    Code(boolean broken) {
      this.broken = broken;
    }

    /** Whether the evidence itself is not what it was, and not only its surroundings. */
    public boolean isBroken() {
      return broken;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
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
