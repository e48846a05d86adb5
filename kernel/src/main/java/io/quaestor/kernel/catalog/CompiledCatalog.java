package io.quaestor.kernel.catalog;

import io.quaestor.kernel.decision.Candidate;
import io.quaestor.kernel.decision.Candidates;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.event.Version;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A version of a catalog in the kernel's numbers: models by position, providers, capabilities and
 * regions as bits in the order of their first appearance. The catalog's digest therefore fixes what
 * every mask in a recorded decision means.
 */
public final class CompiledCatalog {

  private static final Price FREE = new Price(0, 0);

  private final Version version;
  private final Catalog catalog;
  private final Candidates candidates;
  private final List<Tier> tiers;
  private final Map<String, Integer> modelIds = new HashMap<>();
  private final Bits providers = new Bits();
  private final Bits capabilities = new Bits();
  private final Bits regions = new Bits();

  /**
   * @throws IllegalArgumentException when the catalog cannot be compiled; {@link CatalogRules}
   *     finds every such fault beforehand and names it
   */
  public CompiledCatalog(Version version, Catalog catalog) {
    this.version = version;
    this.catalog = catalog;
    List<Candidate> compiled = new ArrayList<>();
    for (Model model : catalog.models()) {
      int modelId = compiled.size() + 1;
      modelIds.put(model.id(), modelId);
      compiled.add(compile(modelId, model));
    }
    this.candidates = Candidates.of(compiled);
    this.tiers = catalog.tiers().stream().map(this::tier).filter(Tier::isOffered).toList();
  }

  /**
   * A tier with something on offer.
   *
   * @param qualityBps the least quality of its enabled candidates: its floor
   * @param members the indexes of its enabled candidates
   * @param candidates these candidates alone
   */
  public record Tier(String name, int qualityBps, BitSet members, Candidates candidates) {
    boolean isOffered() {
      return !members.isEmpty();
    }
  }

  private Tier tier(String name) {
    BitSet members = new BitSet();
    int least = CatalogRules.BPS_MAX;
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      if (candidate.enabled() && model(candidate.modelId()).tier().equals(name)) {
        members.set(i);
        least = Math.min(least, candidate.qualityBps());
      }
    }
    return new Tier(
        name, least, members, Candidates.of(members.stream().mapToObj(candidates::get).toList()));
  }

  /** The tiers that have an enabled candidate, in the catalog's order. */
  public List<Tier> tiers() {
    return tiers;
  }

  private Candidate compile(int modelId, Model model) {
    Price price = Objects.requireNonNullElse(model.price(), FREE);
    return new Candidate(
        modelId,
        providers.number(model.provider()),
        model.qualityBps(),
        model.riskCeilingBps(),
        // A model whose price is unknown cannot be held to a budget.
        model.enabled() && model.price() != null,
        model.p95LatencyMs(),
        capabilities.define(model.capabilities()),
        regions.define(model.regions()),
        price.inputMicrocentsPerMillion(),
        price.outputMicrocentsPerMillion());
  }

  public Version version() {
    return version;
  }

  public Catalog catalog() {
    return catalog;
  }

  public Candidates candidates() {
    return candidates;
  }

  /** The number of a model in the kernel, or 0. */
  public int modelId(String id) {
    return modelIds.getOrDefault(id, 0);
  }

  /** The model with this number, from 1. */
  public Model model(int modelId) {
    return catalog.models().get(modelId - 1);
  }

  public Bits providers() {
    return providers;
  }

  public Bits capabilities() {
    return capabilities;
  }

  public Bits regions() {
    return regions;
  }

  /** Names numbered in the order of their first appearance. */
  public static final class Bits {
    private final Map<String, Integer> numbers = new HashMap<>();

    private int number(String name) {
      return numbers.computeIfAbsent(name, unused -> numbers.size());
    }

    private long define(List<String> names) {
      names.forEach(this::number);
      return Objects.requireNonNull(mask(names));
    }

    public boolean contains(String name) {
      return numbers.containsKey(name);
    }

    /** The bits of these names, or null when one of them is unknown. */
    public @Nullable Long mask(List<String> names) {
      long mask = 0;
      for (String name : names) {
        Integer number = numbers.get(name);
        if (number == null) {
          return null;
        }
        mask |= number < Long.SIZE ? 1L << number : 0;
      }
      return mask;
    }
  }
}
