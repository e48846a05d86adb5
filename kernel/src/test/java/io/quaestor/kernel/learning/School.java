package io.quaestor.kernel.learning;

import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.CompiledCatalog;
import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.catalog.Model;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.catalog.Registry;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.event.Version;
import io.quaestor.kernel.ledger.LedgerBounds;
import io.quaestor.kernel.tenant.DecisionTerms;
import io.quaestor.kernel.tenant.Recalled;
import io.quaestor.kernel.tenant.TenantCommand;
import io.quaestor.kernel.tenant.TenantDecider;
import io.quaestor.kernel.tenant.TenantRefusal;
import io.quaestor.kernel.tenant.TenantState;
import io.quaestor.kernel.tenant.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tenants that learn together: deciders and regimes as on a node, in order and in one thread. */
final class School {

  static final String CATALOG = "school";
  static final List<String> TIERS = List.of("economy", "standard", "premium");
  private static final LedgerBounds BOUNDS =
      new LedgerBounds(100_000, 16, 100_000, Duration.ofMinutes(1));

  static final Catalog OFFER =
      new Catalog(
          CATALOG,
          null,
          TIERS,
          List.of(
              model("small", "north", "economy", 6_000, 1),
              model("other-small", "south", "economy", 6_000, 1),
              model("middle", "north", "standard", 8_000, 5),
              model("large", "north", "premium", 9_300, 40)));

  static final CompiledCatalog COMPILED = new CompiledCatalog(version(CATALOG), OFFER);

  private final Registry registry;
  private final Map<String, TenantState> tenants = new HashMap<>();
  private final RegimeFold fold = new RegimeFold(Regimes.EMPTY, next -> regimes(next));
  private Regimes regimes = Regimes.EMPTY;
  private Instant now = Instant.parse("2026-11-23T08:00:00Z");
  private long seq;
  private int requests;

  /** Every event, in order. */
  final List<Event.TenantEvent> events = new ArrayList<>();

  School(@Nullable Learning learning) {
    this(learning, Map.of("careful", 9_300));
  }

  School(@Nullable Learning learning, Map<String, Integer> floors) {
    Policy policy =
        new Policy(
            "default", 9_500, 1_000, 0, 0, 5_500, floors, 40_000, 100, 1_000, 60_000, learning);
    registry =
        Registry.EMPTY
            .evolve(new Event.CatalogPut(version(CATALOG), Instant.EPOCH, OFFER))
            .evolve(new Event.PolicyPut(version("default"), Instant.EPOCH, policy));
  }

  private static Version version(String name) {
    return new Version(name, 1, "d".repeat(64));
  }

  private static Model model(String id, String provider, String tier, int quality, long price) {
    Price perMillion = new Price(price * 10_000_000, price * 40_000_000);
    List<String> eu = List.of("eu");
    return new Model(
        id,
        provider,
        tier,
        perMillion,
        quality,
        1_000,
        10_000,
        List.of("chat"),
        eu,
        true,
        null,
        null);
  }

  private void regimes(Regimes next) {
    regimes = next;
  }

  Regimes published() {
    return regimes;
  }

  TenantState state(String tenant) {
    return tenants.getOrDefault(tenant, TenantState.unknown(tenant, BOUNDS));
  }

  UseCaseState useCase(String tenant, String name) {
    return state(tenant).learning().useCase(CATALOG, name);
  }

  // ---- calls -----------------------------------------------------------------------------------

  /** A request, with what a test wants to say about it. */
  record Ask(
      String useCase,
      long tokens,
      @Nullable Integer floorBps,
      @Nullable Integer difficultyBps,
      List<Long> features) {

    static Ask of(String useCase) {
      return new Ask(useCase, 1_000, null, null, List.of());
    }

    Ask floor(int bps) {
      return new Ask(useCase, tokens, bps, difficultyBps, features);
    }

    Ask tokens(long count) {
      return new Ask(useCase, count, floorBps, difficultyBps, features);
    }

    Ask difficulty(int bps) {
      return new Ask(useCase, tokens, floorBps, bps, features);
    }

    Ask features(long... micro) {
      return new Ask(
          useCase,
          tokens,
          floorBps,
          difficultyBps,
          java.util.Arrays.stream(micro).boxed().toList());
    }
  }

  Event.DecisionMade route(String tenant, Ask ask) {
    return (Event.DecisionMade) decide(tenant, command(ask), null).steps().getLast().event();
  }

  TenantRefusal refusal(String tenant, Ask ask) {
    return ((Verdict.Denied) decide(tenant, command(ask), null).answer()).refusal();
  }

  private TenantCommand.Route command(Ask ask) {
    return new TenantCommand.Route(
        "decision-" + requests++,
        null,
        "0".repeat(64),
        TenantCommand.AUTO,
        ask.useCase(),
        ask.tokens(),
        100L,
        200L,
        ask.floorBps(),
        0,
        10_000,
        null,
        0,
        List.of(),
        null,
        null,
        null,
        ask.difficultyBps(),
        ask.features());
  }

  Event.OutcomeReported report(String tenant, String id, int scoreBps) {
    return reported(decide(tenant, outcome(id, null, scoreBps, null), null));
  }

  static Event.OutcomeReported reported(Verdict verdict) {
    return (Event.OutcomeReported) verdict.steps().getLast().event();
  }

  static TenantCommand.ReportOutcome outcome(
      String id, @Nullable Boolean success, @Nullable Integer scoreBps, @Nullable Long cost) {
    return new TenantCommand.ReportOutcome(null, id, success, scoreBps, null, cost, null);
  }

  Verdict decide(String tenant, TenantCommand command, @Nullable Recalled recalled) {
    now = now.plusMillis(1);
    TenantDecider.expire(state(tenant), terms(), now).forEach(step -> record(tenant, step));
    Verdict verdict = TenantDecider.decide(state(tenant), command, recalled, terms(), now);
    verdict.steps().forEach(step -> record(tenant, step));
    return verdict;
  }

  private DecisionTerms terms() {
    return new DecisionTerms(registry, CATALOG, "default", Long.MAX_VALUE / 4, regimes);
  }

  private void record(String tenant, Verdict.Step step) {
    events.add(step.event());
    tenants.put(tenant, step.after());
    fold.accept(++seq, step.event());
  }

  /** Time goes by. */
  void wait(Duration duration) {
    now = now.plus(duration);
  }

  /** Another node's view of what a tenant was answered, when it has forgotten it. */
  void forget(String tenant) {
    TenantState before = state(tenant);
    TenantLearning.Image image = before.learning().image();
    TenantLearning forgetful =
        TenantLearning.of(new TenantLearning.Image(image.useCases(), Map.of()));
    tenants.put(tenant, new TenantState(before.ledger(), before.mode(), forgetful));
  }

  static String tier(Event.DecisionMade decision) {
    return Objects.requireNonNull(decision.selected()).tier();
  }

  static Event.Learned learned(Event.DecisionMade decision) {
    return Objects.requireNonNull(decision.learned());
  }
}
