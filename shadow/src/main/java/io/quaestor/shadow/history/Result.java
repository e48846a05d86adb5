package io.quaestor.shadow.history;

/**
 * A result is what one candidate really made of one request.
 *
 * @param scoreBps how good it was, 0 to 10,000; -1 when it is not known
 * @param costMicrocents what it really cost
 * @param flagged whether the candidate called the request positive; false where the history's
 *     profile has no positive class
 */
public record Result(int scoreBps, long costMicrocents, boolean flagged) {

  public static final int UNKNOWN = -1;

  /** What is not known. */
  public static final Result NONE = new Result(UNKNOWN, 0, false);

  public boolean known() {
    return scoreBps >= 0;
  }
}
