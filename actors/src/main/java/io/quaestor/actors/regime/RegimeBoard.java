package io.quaestor.actors.regime;

import io.quaestor.kernel.learning.RegimeState;
import io.quaestor.kernel.learning.Regimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The board on which each regime publishes its view. Eight views of one position are one {@link
 * Regimes}; the newest of these is what everybody reads, without asking and without waiting. It
 * only goes forward.
 */
final class RegimeBoard {

  /**
   * Positions that some regimes have published and others have not. Beyond it the oldest is
   * forgotten: the regime that is behind will meet the others at a later one.
   */
  static final int INCOMPLETE_MAX = 256;

  /** One regime as it was when the chain had been folded up to a position. */
  record View(long position, RegimeState state) {}

  private final TreeMap<Long, @Nullable RegimeState[]> incomplete = new TreeMap<>();
  private final List<View> latest;
  private final Consumer<Regimes> completed;
  private volatile Regimes current;

  /**
   * @param from what is published already
   * @param completed told of each newest view, by the thread that completes it
   */
  RegimeBoard(Regimes from, Consumer<Regimes> completed) {
    this.current = from;
    this.completed = completed;
    this.latest =
        new ArrayList<>(
            from.states().stream().map(state -> new View(from.position(), state)).toList());
  }

  /** The newest view that is complete. */
  Regimes current() {
    return current;
  }

  /** What a regime published last; where it goes on after a failure. */
  synchronized View latest(int regime) {
    return latest.get(regime);
  }

  synchronized void publish(View view) {
    int regime = view.state().regime();
    if (view.position() <= latest.get(regime).position()) {
      return; // folded again after a failure, and the same
    }
    latest.set(regime, view);
    if (view.position() <= current.position()) {
      return;
    }
    @Nullable RegimeState[] states =
        incomplete.computeIfAbsent(
            view.position(), unused -> new @Nullable RegimeState[Regimes.COUNT]);
    states[regime] = view.state();
    if (Arrays.stream(states).allMatch(Objects::nonNull)) {
      complete(view.position(), states);
    } else if (incomplete.size() > INCOMPLETE_MAX) {
      incomplete.pollFirstEntry();
    }
  }

  private void complete(long position, @Nullable RegimeState[] states) {
    incomplete.headMap(position, true).clear();
    List<RegimeState> all = new ArrayList<>(states.length);
    for (@Nullable RegimeState state : states) {
      all.add(Objects.requireNonNull(state));
    }
    current = new Regimes(position, Collections.unmodifiableList(all));
    completed.accept(current);
  }

  synchronized int incompleteCount() {
    return incomplete.size();
  }
}
