package io.quaestor.chaos.process;

/**
 * A run that has ended.
 *
 * @param status its exit status; 128 + the signal's number when a signal ended it
 */
public record Finished(int status, String out, String err) {

  /** Everything it said. */
  public String output() {
    return out + err;
  }
}
