package io.quaestor.kernel.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A catalog is the list of models on offer, with their tiers in ascending order.
 *
 * <p>A model's position (from 1) is its number in the kernel: on equal utility, cost and quality
 * the earlier model wins.
 */
public record Catalog(String name, @Nullable String note, List<String> tiers, List<Model> models) {

  public Catalog {
    tiers = List.copyOf(tiers);
    models = List.copyOf(models);
  }
}
