package io.quaestor.kernel.learning;

import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.Choice;
import io.quaestor.kernel.event.Version;
import org.jspecify.annotations.Nullable;

/**
 * A decision whose outcome is awaited: what an outcome of it would teach.
 *
 * @param policy what it was made under
 * @param priceMicrocents what a success was worth when it was made
 * @param floorOfClient the client had set the floor, so its outcome moves no price
 */
public record Awaited(
    Version policy,
    String useCase,
    String catalog,
    int regime,
    String tier,
    String model,
    String provider,
    long priceMicrocents,
    boolean floorOfClient) {

  private static final String CLIENT = "client";

  /** What is awaited of a decision; null when its outcome would teach nothing. */
  public static @Nullable Awaited of(Event.DecisionMade decision) {
    Choice selected = decision.selected();
    if (selected == null || decision.regime() == null || decision.learned() == null) {
      return null;
    }
    return new Awaited(
        decision.policy(),
        decision.useCase(),
        decision.catalog().name(),
        decision.regime(),
        selected.tier(),
        selected.model(),
        selected.provider(),
        decision.learned().priceMicrocents(),
        decision.floorSource().equals(CLIENT));
  }
}
