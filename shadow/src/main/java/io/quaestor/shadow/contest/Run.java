package io.quaestor.shadow.contest;

import io.quaestor.shadow.history.Case;
import io.quaestor.shadow.history.History;
import java.util.concurrent.CancellationException;

/** Plays one policy over one tape. */
final class Run {

  private Run() {}

  static RunResult online(Policy.Online policy, Tape tape, History blind, Target target) {
    Contender contender = policy.contender(blind, target, chance(policy, tape.seed()));
    Tally tally = new Tally(tape);
    for (int call = 0; call < tape.calls(); call++) {
      stopIfInterrupted();
      tally.add(call, step(policy, contender, tape, blind, call));
    }
    return new RunResult(policy.name(), tape.seed(), tally.totals(), tally.course());
  }

  private static int step(Policy policy, Contender contender, Tape tape, History blind, int call) {
    Case request = tape.request(blind, call);
    int chosen = contender.choose(request, call);
    if (chosen < 0 || chosen >= tape.candidates()) {
      throw new IllegalStateException(
          "Policy %s chose candidate %d of %d for request %d."
              .formatted(policy.name(), chosen, tape.candidates(), call));
    }
    contender.learn(request, chosen, tape.results(call).get(chosen));
    return chosen;
  }

  static RunResult hindsight(Policy policy, Tape tape, Allocation allocation) {
    Tally tally = new Tally(tape);
    for (int call = tape.countedFrom(); call < tape.calls(); call++) {
      tally.add(call, allocation.lower(call), allocation.upper(call), allocation.share(call));
    }
    return new RunResult(policy.name(), tape.seed(), tally.totals(), tally.course());
  }

  /** Policies with one seed must not draw the same numbers. */
  private static long chance(Policy policy, long seed) {
    return seed * 0x9E3779B97F4A7C15L + policy.name().hashCode();
  }

  private static void stopIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("The contest was stopped.");
    }
  }
}
