package io.quaestor.shadow.contest;

import io.quaestor.shadow.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A contest cut into parts that can be done in any order; what is the same twice is done once. */
record ContestParts(BenchSet set, History blind, List<Target> targets, List<Tape> tapes) {

  /** A result and the target that it belongs to, by its place. */
  record Finished(int target, RunResult result) {}

  List<Callable<List<Finished>>> of(List<Policy> policies) {
    return policies.stream().flatMap(this::of).toList();
  }

  private Stream<Callable<List<Finished>>> of(Policy policy) {
    return switch (policy) {
      case Policy.Online online when online.steers() ->
          tapes.stream().flatMap(tape -> targetPlaces().mapToObj(at -> steered(online, tape, at)));
      case Policy.Online online -> tapes.stream().map(tape -> unsteered(online, tape));
      case Policy.Hindsight hindsight -> foreseen(hindsight);
    };
  }

  private Callable<List<Finished>> steered(Policy.Online policy, Tape tape, int at) {
    return () -> List.of(new Finished(at, Run.online(policy, tape, blind, targets.get(at))));
  }

  private Callable<List<Finished>> unsteered(Policy.Online policy, Tape tape) {
    return () -> {
      RunResult result = Run.online(policy, tape, blind, targets.getFirst());
      return targetPlaces().mapToObj(at -> new Finished(at, result)).toList();
    };
  }

  /** In the order of the file all tapes are the same to a policy that leaves nothing to chance. */
  private Stream<Callable<List<Finished>>> foreseen(Policy.Hindsight policy) {
    return switch (set.order()) {
      case FILE -> Stream.of(() -> foreseen(policy, tapes));
      case SHUFFLED -> tapes.stream().map(tape -> () -> foreseen(policy, List.of(tape)));
    };
  }

  private List<Finished> foreseen(Policy.Hindsight policy, List<Tape> alike) {
    Function<Target, Allocation> plans = policy.foresee(alike.getFirst());
    List<Finished> finished = new ArrayList<>();
    for (int at = 0; at < targets.size(); at++) {
      RunResult result = Run.hindsight(policy, alike.getFirst(), plans.apply(targets.get(at)));
      for (Tape tape : alike) {
        finished.add(new Finished(at, result.under(tape.seed())));
      }
    }
    return finished;
  }

  private IntStream targetPlaces() {
    return IntStream.range(0, targets.size());
  }
}
