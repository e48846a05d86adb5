package io.quaestor.kernel.learning;

import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.CompiledCatalog.Tier;
import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.catalog.Registry.VersionedPolicy;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.PriceMove;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has been learned, asked about one request: its regime, whether it is anomalous, what a
 * success is worth, and which tier to choose.
 */
public final class Advice {

  private final String tenant;
  private final UseCaseState own;
  private final Regimes regimes;
  private final VersionedPolicy policy;
  private final CompiledCatalog catalog;
  private final Learning settings;
  private final Traits traits;
  private final int regime;

  /** Null when the policy does not learn. */
  public static @Nullable Advice of(
      String tenant,
      TenantLearning learning,
      Regimes regimes,
      VersionedPolicy policy,
      CompiledCatalog catalog,
      Traits traits) {
    Learning settings = policy.policy().learning();
    if (settings == null) {
      return null;
    }
    UseCaseState own = learning.useCase(catalog.catalog().name(), traits.useCase());
    return new Advice(tenant, own, regimes, policy, catalog, settings, traits);
  }

  private Advice(
      String tenant,
      UseCaseState own,
      Regimes regimes,
      VersionedPolicy policy,
      CompiledCatalog catalog,
      Learning settings,
      Traits traits) {
    this.tenant = tenant;
    this.own = own;
    this.regimes = regimes;
    this.policy = policy;
    this.catalog = catalog;
    this.settings = settings;
    this.traits = traits;
    this.regime = regimes.classify(traits);
  }

  public int regime() {
    return regime;
  }

  public long position() {
    return regimes.position();
  }

  public Event.@Nullable Anomaly anomaly() {
    return regimes.state(regime).anomaly(traits, settings.anomalyDeviationMilli());
  }

  /**
   * A floor as an anomalous request needs it: raised, but not above what could serve it.
   *
   * @param bestBps the highest quality of a candidate that is eligible for it
   */
  public int raised(int floorBps, int bestBps) {
    return Math.min(Math.max(floorBps, bestBps), floorBps + settings.anomalyRaiseBps());
  }

  /** The price of quality; null until an outcome has moved it. */
  public @Nullable PriceMove price() {
    return own.price();
  }

  /**
   * The price of quality on the first day: the least at which a tier of the required quality is
   * preferred to every cheaper one, if the catalog is right.
   *
   * <p>When no candidate reaches that quality, the dearest tier stands for it: the price has to
   * start where money matters.
   *
   * @param expenses by tier
   * @param atFloor the same of candidates that reach the floor alone
   */
  public long firstPrice(int floorBps, long[] expenses, long[] atFloor) {
    int wanted = least(atFloor);
    if (wanted < 0) {
      wanted = most(expenses);
      return wanted < 0 ? 1 : firstPrice(wanted, expenses[wanted], 0, expenses);
    }
    return firstPrice(wanted, atFloor[wanted], floorBps, expenses);
  }

  private long firstPrice(int wanted, long expense, int floorBps, long[] expenses) {
    List<Tier> tiers = catalog.tiers();
    int quality = Math.max(floorBps, tiers.get(wanted).qualityBps());
    long price = Math.max(1, expense);
    for (int t = 0; t < expenses.length; t++) {
      int better = quality - tiers.get(t).qualityBps();
      long dearer = expense - expenses[t];
      if (expenses[t] != TierChoice.NOT_ELIGIBLE && better > 0 && dearer > 0) {
        price = Math.max(price, perSuccess(dearer, better));
      }
    }
    return Math.min(price, QualityPrice.MICROCENTS_MAX);
  }

  private static int least(long[] expenses) {
    int least = -1;
    for (int t = 0; t < expenses.length; t++) {
      if (expenses[t] != TierChoice.NOT_ELIGIBLE && (least < 0 || expenses[t] < expenses[least])) {
        least = t;
      }
    }
    return least;
  }

  private static int most(long[] expenses) {
    int most = -1;
    for (int t = 0; t < expenses.length; t++) {
      if (expenses[t] != TierChoice.NOT_ELIGIBLE && (most < 0 || expenses[t] > expenses[most])) {
        most = t;
      }
    }
    return most;
  }

  private static long perSuccess(long dearer, int betterBps) {
    return dearer > QualityPrice.MICROCENTS_MAX / 10_000
        ? QualityPrice.MICROCENTS_MAX
        : dearer * 10_000 / betterBps;
  }

  /**
   * The tier that is chosen for a decision; null when none has an eligible candidate.
   *
   * @param expenses by tier
   * @param statedMicrocents what a success is worth to a client that says so: weighs instead of the
   *     price
   */
  public @Nullable TierChoice choose(
      PriceMove price, @Nullable Long statedMicrocents, long[] expenses, String decisionId) {
    boolean none = true;
    for (long expense : expenses) {
      none &= expense == TierChoice.NOT_ELIGIBLE;
    }
    if (none) {
      return null;
    }
    String name = catalog.catalog().name();
    long seed = seed(name);
    Posterior posterior =
        Posterior.of(own, regimes, name, traits.useCase(), catalog.tiers(), regime, settings, seed);
    return TierChoice.of(
        posterior,
        catalog.tiers(),
        expenses,
        statedMicrocents == null ? price : QualityPrice.stated(statedMicrocents),
        own.lessons(),
        seed,
        decisionId);
  }

  /** From the tenant, the policy, what the posterior is of, and its version. */
  private long seed(String catalogName) {
    long seed = Draws.seed(0, tenant);
    seed = Draws.seed(seed, policy.version().digest());
    seed = Draws.seed(seed, TenantLearning.key(catalogName, traits.useCase()));
    seed = Draws.seed(seed, regime);
    return Draws.seed(Draws.seed(seed, own.lessons()), regimes.position());
  }

  // ---- from an outcome to a lesson -------------------------------------------------------------

  /** What an outcome teaches, under the policy that is in force when it comes; null: nothing. */
  public static Event.@Nullable Lesson lesson(
      TenantLearning learning, Awaited decision, int scoreBps, VersionedPolicy policy) {
    Learning settings = policy.policy().learning();
    if (settings == null || !learning.takes(decision.catalog(), decision.useCase())) {
      return null;
    }
    UseCaseState own = learning.useCase(decision.catalog(), decision.useCase());
    return new Event.Lesson(
        policy.version(),
        decision.useCase(),
        decision.catalog(),
        decision.regime(),
        decision.tier(),
        decision.model(),
        decision.provider(),
        scoreBps,
        settings.halfLife(),
        decision.floorOfClient() ? null : moved(own, decision, scoreBps, settings));
  }

  private static PriceMove moved(
      UseCaseState own, Awaited decision, int scoreBps, Learning settings) {
    Learning.UseCase stated = settings.useCase(decision.useCase());
    PriceMove before =
        own.price() == null
            ? QualityPrice.first(decision.priceMicrocents(), stated)
            : QualityPrice.within(own.price(), stated);
    return QualityPrice.after(
        before,
        scoreBps,
        settings.targetBps(decision.useCase()),
        settings.stepMilli(decision.useCase(), own.priced()));
  }

  /** The change of a tier that a lesson shows, or null. */
  public static Event.@Nullable DriftNoticed drift(
      TenantLearning learning,
      String tenant,
      Instant at,
      String decisionId,
      Event.Lesson lesson,
      VersionedPolicy policy) {
    Learning settings = Objects.requireNonNull(policy.policy().learning());
    TierState tier = learning.useCase(lesson.catalog(), lesson.useCase()).tier(lesson.tier());
    Drift after = tier.drift().after(tier, lesson.regime(), lesson.scoreBps());
    return after.beyond(settings.driftThresholdMilli())
        ? new Event.DriftNoticed(
            tenant,
            at,
            decisionId,
            lesson.useCase(),
            lesson.catalog(),
            lesson.tier(),
            after.direction(),
            (int) StrictMath.round(tier.expected(lesson.regime()) * 10_000),
            settings.driftKeptBps())
        : null;
  }
}
