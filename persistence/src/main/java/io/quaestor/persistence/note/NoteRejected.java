package io.quaestor.persistence.note;

import java.util.Locale;

/**
 * A note, key, checkpoint or proof that is not accepted. The message is one sentence for a person
 * and never holds what was read of a private key.
 */
public final class NoteRejected extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Why, for machines. */
  public enum Code {
    /** It is not in the form it must have. */
    MALFORMED,
    TOO_LARGE,
    /** No known key signed it. */
    UNSIGNED,
    /** A known key is named, and its signature does not fit. */
    BAD_SIGNATURE,
    KEY_MALFORMED,
    /** The key is of a type that is unknown or of no use here. */
    KEY_TYPE,
    /** The key is not the one its id says. */
    KEY_ID,
    /** Two different keys have the name and the id of one signature. */
    KEY_AMBIGUOUS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Code code;
  private final String sentence;

  public NoteRejected(Code code, String message) {
    super(message);
    this.code = code;
    this.sentence = message;
  }

  /** For a reader of a form: it is not in that form. */
  public static NoteRejected malformed(String message) {
    return new NoteRejected(Code.MALFORMED, message);
  }

  public Code code() {
    return code;
  }

  /** The message. */
  public String sentence() {
    return sentence;
  }
}
