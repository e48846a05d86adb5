package io.quaestor.benchmarks.load.audit;

/** A budget as the server states it, in an answer or in a record. */
public record Money(
    long initialMicrocents,
    long remainingMicrocents,
    long reservedMicrocents,
    long committedMicrocents) {

  public boolean identityHolds() {
    return Math.addExact(
            Math.addExact(remainingMicrocents, reservedMicrocents), committedMicrocents)
        == initialMicrocents;
  }

  @Override
  public String toString() {
    return "initial %d, remaining %d, reserved %d, committed %d"
        .formatted(initialMicrocents, remainingMicrocents, reservedMicrocents, committedMicrocents);
  }
}
