package io.quaestor.kernel.catalog;

import io.quaestor.kernel.event.Price;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model is a candidate on offer.
 *
 * @param price null when unknown: such a model cannot be chosen under a budget
 * @param qualityBps expected quality, 0 to 10,000
 * @param p95LatencyMs 95th percentile of a full answer
 * @param riskCeilingBps the highest request risk this model may serve, 0 to 10,000
 * @param pricedOn the day of the price statement, ISO date
 */
public record Model(
    String id,
    String provider,
    String tier,
    @Nullable Price price,
    int qualityBps,
    int p95LatencyMs,
    int riskCeilingBps,
    List<String> capabilities,
    List<String> regions,
    boolean enabled,
    @Nullable String pricedOn,
    @Nullable String priceSource) {

  public Model {
    capabilities = List.copyOf(capabilities);
    regions = List.copyOf(regions);
  }
}
