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

  /** A floor as an anomalous request needs it: raised, but not above every candidate. */
  public int raised(int floorBps) {
    int most = Math.max(floorBps, catalog.bestQualityBps());
    return Math.min(most, floorBps + settings.anomalyRaiseBps());
  }

  /** The price of quality; null until an outcome has moved it. */
  public @Nullable PriceMove price() {
    return own.price();
  }

  /**
   * The price of quality on the first day: the least at which a tier of the required quality is
   * preferred to every cheaper one, if the catalog is right.
   *
   * @param expenses by tier
   */
  public long firstPrice(int floorBps, long[] expenses) {
    List<Tier> tiers = catalog.tiers();
    int wanted = -1;
    for (int t = 0; t < expenses.length; t++) {
      if (expenses[t] != TierChoice.NOT_ELIGIBLE
          && tiers.get(t).qualityBps() >= floorBps
          && (wanted < 0 || expenses[t] < expenses[wanted])) {
        wanted = t;
      }
    }
    if (wanted < 0) {
      return 1;
    }
    long price = Math.max(1, expenses[wanted]);
    for (int t = 0; t < expenses.length; t++) {
      int better = tiers.get(wanted).qualityBps() - tiers.get(t).qualityBps();
      long dearer = expenses[wanted] - expenses[t];
      if (expenses[t] != TierChoice.NOT_ELIGIBLE && better > 0 && dearer > 0) {
        price = Math.max(price, perSuccess(dearer, better));
      }
    }
    return Math.min(price, QualityPrice.MICROCENTS_MAX);
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
   */
  public @Nullable TierChoice choose(PriceMove price, long[] expenses, String decisionId) {
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
        posterior, catalog.tiers(), expenses, price, own.lessons(), seed, decisionId);
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
    PriceMove before = own.price();
    if (before == null) {
      before = QualityPrice.first(decision.priceMicrocents(), settings.useCase(decision.useCase()));
    }
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
