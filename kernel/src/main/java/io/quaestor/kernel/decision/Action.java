package io.quaestor.kernel.decision;

/** What the caller is to do with its request. */
public enum Action {
  /** Run the request on the model it asked for. */
  EXECUTE_REQUESTED("execute_requested"),
  /** Run the request on the selected model instead of the one it asked for. */
  SUBSTITUTE("substitute"),
  /** Do not run the request. */
  REJECT("reject");

  private final String wireName;

  Action(String wireName) {
    this.wireName = wireName;
  }

  /** The name in JSON, logs and conformance vectors. */
  public String wireName() {
    return wireName;
  }
}
