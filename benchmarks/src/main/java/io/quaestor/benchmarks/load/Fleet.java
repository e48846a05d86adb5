package io.quaestor.benchmarks.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of a run. Their sizes follow Zipf's law, and they come in four kinds, so that every
 * way to refuse money is met.
 */
final class Fleet {

  private static final double ZIPF_EXPONENT = 1;
  private static final long AMPLE_MICROCENTS = 1_000_000_000_000_000L; // ten million USD

  /**
   * Much less than what a reservation takes on average: most of such a tenant's calls are refused.
   */
  private static final long SCARCE_MICROCENTS_PER_DECISION = 20_000;

  private static final long CAP_MICROCENTS_PER_DECISION = 60_000;

  /** How a tenant comes to its budget. */
  enum Kind {
    /** Defined with more than it can use. */
    AMPLE,
    /** Met by its first route call; gets the server's default. */
    MET,
    /** Defined with a cap on what may be reserved at a time. */
    CAPPED,
    /** Defined with far too little. */
    SCARCE
  }

  /**
   * @param initialMicrocents null when the server's default is wanted
   * @param reservedMaxMicrocents null for no cap
   */
  record Tenant(
      String name,
      Kind kind,
      @Nullable Long initialMicrocents,
      @Nullable Long reservedMaxMicrocents) {}

  private final List<Tenant> byRank;
  private final Zipf zipf;

  private Fleet(List<Tenant> byRank, Zipf zipf) {
    this.byRank = byRank;
    this.zipf = zipf;
  }

  /**
   * @param decisions how many the run will ask for, all tenants together
   */
  static Fleet of(String prefix, int tenants, long decisions, long seed) {
    Zipf zipf = new Zipf(tenants, ZIPF_EXPONENT);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < tenants; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(seed));
    List<Tenant> byRank = new ArrayList<>();
    for (int rank = 0; rank < tenants; rank++) {
      String name = String.format(Locale.ROOT, "%s-%05d", prefix, numbers.get(rank));
      byRank.add(tenant(name, rank, Math.max(1, Math.round(decisions * zipf.share(rank)))));
    }
    return new Fleet(Collections.unmodifiableList(byRank), zipf);
  }

  private static Tenant tenant(String name, int rank, long decisions) {
    Kind kind = Kind.values()[rank % Kind.values().length];
    return switch (kind) {
      case AMPLE -> new Tenant(name, kind, AMPLE_MICROCENTS, null);
      case MET -> new Tenant(name, kind, null, null);
      case CAPPED ->
          new Tenant(name, kind, AMPLE_MICROCENTS, decisions * CAP_MICROCENTS_PER_DECISION);
      case SCARCE -> new Tenant(name, kind, decisions * SCARCE_MICROCENTS_PER_DECISION, null);
    };
  }

  Tenant draw(Draws draws) {
    return byRank.get(zipf.rank(draws.unit()));
  }

  /** All tenants, busiest first. */
  List<Tenant> all() {
    return byRank;
  }
}
