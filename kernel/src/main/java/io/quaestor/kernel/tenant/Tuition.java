package io.quaestor.kernel.tenant;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.PriceMove;
import io.quaestor.kernel.learning.Advice;
import io.quaestor.kernel.learning.TierChoice;
import org.jspecify.annotations.Nullable;

/**
 * What learning makes of one request. A floor of the client stands as it is. Before there are
 * outcomes the first day's floor holds alone; then the votes choose a tier, whose floor it becomes.
 * An anomalous request gets a higher floor in both cases.
 *
 * @param floor what holds for this request
 * @param choice the tier that was chosen; null when none was voted on
 */
record Tuition(
    int regime,
    long position,
    Event.@Nullable Anomaly anomaly,
    long priceMicrocents,
    @Nullable TierChoice choice,
    Floor floor) {

  /**
   * @param floor the client's or the first day's
   * @param quotes of the tiers for this request
   */
  static Tuition of(
      Advice advice, Demand demand, Floor floor, Quotes quotes, CompiledCatalog catalog) {
    Event.Anomaly anomaly = advice.anomaly();
    PriceMove price = advice.price();
    boolean ofClient = demand.floorBps() != null;
    TierChoice choice =
        ofClient || price == null
            ? null
            : advice.choose(price, demand.valueMicrocents(), quotes.expenses(), demand.id());
    Floor own =
        choice == null ? floor : Floor.ofTier(catalog.tiers().get(choice.tier()).qualityBps());
    return new Tuition(
        advice.regime(),
        advice.position(),
        anomaly,
        price == null
            ? advice.firstPrice(floor.bps(), quotes.expenses(), quotes.atFloor())
            : price.microcents(),
        choice,
        ofClient || anomaly == null ? own : own.raised(advice.raised(own.bps(), quotes.bestBps())));
  }

  Event.Learned learned() {
    return new Event.Learned(
        position, anomaly, priceMicrocents, choice == null ? null : choice.poll());
  }
}
