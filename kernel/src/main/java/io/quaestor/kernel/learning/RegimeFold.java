package io.quaestor.kernel.learning;

import io.quaestor.kernel.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Folds a chain's events into the regimes, in order, and publishes them at the end of each epoch:
 * the statistics that a decision may name are those of these positions and no others.
 */
public final class RegimeFold {

  private final List<RegimeState> states;
  private final Consumer<Regimes> published;
  private long position;

  /**
   * @param from where to go on
   * @param published gets the regimes at the end of each epoch
   */
  public RegimeFold(Regimes from, Consumer<Regimes> published) {
    this.states = new ArrayList<>(from.states());
    this.position = from.position();
    this.published = published;
  }

  /** Takes the record with the next number; some numbers may be left out, none may go back. */
  public void accept(long seq, Event event) {
    long end = Regimes.epochBefore(seq);
    if (end > position) {
      position = end;
      published.accept(new Regimes(end, states));
    }
    int regime = RegimeState.of(event);
    if (regime != Regimes.NONE) {
      states.set(regime, states.get(regime).evolve(event));
    }
  }

  /** The regimes as folded so far; their position is the last epoch's. */
  public Regimes regimes() {
    return new Regimes(position, states);
  }
}
