package io.quaestor.kernel.replay;

import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.Learning;
import io.quaestor.kernel.catalog.Model;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.catalog.Registry;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.event.Usage;
import io.quaestor.kernel.event.Version;
import io.quaestor.kernel.learning.RegimeFold;
import io.quaestor.kernel.learning.Regimes;
import io.quaestor.kernel.ledger.LedgerBounds;
import io.quaestor.kernel.ledger.LedgerCommand.Cost;
import io.quaestor.kernel.tenant.DecisionTerms;
import io.quaestor.kernel.tenant.Recalled;
import io.quaestor.kernel.tenant.TenantCommand;
import io.quaestor.kernel.tenant.TenantDecider;
import io.quaestor.kernel.tenant.TenantState;
import io.quaestor.kernel.tenant.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A node that lives a random life from a seed and keeps its chain: several tenants, batches of
 * calls, catalogs and policies that change in between, repeats, expiries, late costs, overruns.
 */
final class RandomNode {

  private static final Instant BEGIN = Instant.parse("2026-11-23T08:00:00.123456Z");
  private static final List<String> TENANTS = List.of("team-a", "team-b", "team-c", "team-d");
  private static final List<String> CATALOGS = List.of("builtin", "other");

  private static final List<String> TIERS = List.of("economy", "standard", "premium");

  /** Published statistics that are not read yet. */
  private static final int LAG_EPOCHS_MAX = 4;

  /** So little memory that the chain has to be asked again and again. */
  private static final LedgerBounds BOUNDS =
      new LedgerBounds(1_000, 4, 1_000, Duration.ofMinutes(20));

  private final SplittableRandom random;
  private final List<Entry> chain = new ArrayList<>();
  private final Map<String, Long> eseqs = new HashMap<>();
  private final Map<String, TenantState> tenants = new HashMap<>();
  private final Map<String, List<String>> ids = new HashMap<>();
  private final Map<String, Event.DecisionMade> decisions = new HashMap<>();
  private final Map<String, Event.BudgetEvent> endings = new HashMap<>();
  private final Set<String> taught = new HashSet<>();
  private final Deque<Regimes> published = new ArrayDeque<>(List.of(Regimes.EMPTY));
  private final RegimeFold fold = new RegimeFold(Regimes.EMPTY, published::add);
  private final List<TenantCommand> calls = new ArrayList<>();
  private Registry registry = Registry.EMPTY;
  private Instant now = BEGIN;
  private int requests;

  RandomNode(long seed) {
    random = new SplittableRandom(seed);
    seal("node|node-1", new Event.NodeStarted("1", 0));
    CATALOGS.forEach(this::putCatalog);
    putPolicy();
  }

  /** The document's digest where no bytes are at hand. */
  static String digest(Object document) {
    return Integer.toHexString(document.hashCode());
  }

  /** Lives for so many batches; the chain so far. */
  List<Entry> live(int batches) {
    for (int i = 0; i < batches; i++) {
      pass();
      DecisionTerms terms =
          new DecisionTerms(registry, "builtin", "default", 40_000_000, regimes());
      String tenant = chance(50) ? TENANTS.getFirst() : one(TENANTS);
      List<Verdict.Step> steps = batch(tenant, terms);
      if (chance(8)) {
        change(); // sealed an instant before what was decided without it
      }
      now = now.plusNanos(1_000L * random.nextInt(900));
      steps.forEach(step -> seal("tenant|" + tenant, step.event()));
    }
    return List.copyOf(chain);
  }

  /** The statistics lag behind the chain, now less and now more, but never go back. */
  private Regimes regimes() {
    while (published.size() > 1 && (published.size() > LAG_EPOCHS_MAX || chance(40))) {
      published.removeFirst();
    }
    return published.getFirst();
  }

  private void pass() {
    now =
        switch (random.nextInt(20)) {
          case 0 -> now.plusSeconds(random.nextInt(1_800));
          case 1 -> now.minusMillis(random.nextInt(2_000)); // a clock that is set back
          case 2 -> now;
          default -> now.plusMillis(random.nextInt(10_000));
        };
  }

  private void change() {
    if (chance(50)) {
      putPolicy();
    } else {
      putCatalog(one(CATALOGS));
    }
  }

  private List<Verdict.Step> batch(String tenant, DecisionTerms terms) {
    TenantState state = tenants.getOrDefault(tenant, TenantState.unknown(tenant, BOUNDS));
    List<Verdict.Step> steps = new ArrayList<>(TenantDecider.expire(state, terms, now));
    remember(steps);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      TenantState before = steps.isEmpty() ? state : steps.getLast().after();
      TenantCommand command = command(tenant);
      List<Verdict.Step> more =
          TenantDecider.decide(before, command, recall(before, command, terms), terms, now).steps();
      remember(more);
      steps.addAll(more);
    }
    if (!steps.isEmpty()) {
      tenants.put(tenant, steps.getLast().after());
    }
    return steps;
  }

  private void remember(List<Verdict.Step> steps) {
    for (Verdict.Step step : steps) {
      if (step.event() instanceof Event.DecisionMade decision) {
        decisions.put(decision.id(), decision);
        ids.computeIfAbsent(decision.tenant(), unused -> new ArrayList<>()).add(decision.id());
      }
      if (step.event() instanceof Event.OutcomeReported outcome && outcome.lesson() != null) {
        taught.add(outcome.id());
      }
      Event.BudgetEvent ending = Event.ending(step.event());
      if (ending != null) {
        endings.put(idOf(ending), ending);
      }
    }
  }

  private static String idOf(Event.BudgetEvent ending) {
    return switch (ending) {
      case Event.Committed committed -> committed.id();
      case Event.Released released -> released.id();
      case Event.Expired expired -> expired.id();
      default -> throw new AssertionError(ending);
    };
  }

  private @Nullable Recalled recall(TenantState state, TenantCommand command, DecisionTerms terms) {
    String id = Recalled.needed(state, command, terms);
    Event.DecisionMade decision = id == null ? null : decisions.get(id);
    return decision == null ? null : new Recalled(decision, endings.get(id), taught.contains(id));
  }

  // ---- calls -----------------------------------------------------------------------------------

  private TenantCommand command(String tenant) {
    if (!calls.isEmpty() && chance(10)) {
      return again(calls.get(random.nextInt(calls.size())));
    }
    TenantCommand command =
        switch (random.nextInt(20)) {
          case 0, 1, 2 -> new TenantCommand.Commit(key(), id(tenant), cost());
          case 3 -> new TenantCommand.Release(key(), id(tenant), "client");
          case 4, 5, 6, 9, 10, 11 -> outcome(tenant);
          case 7 -> new TenantCommand.TopUp(key(), random.nextInt(30_000_000));
          case 8 ->
              new TenantCommand.Define(
                  key(),
                  null,
                  chance(50) ? null : (long) random.nextInt(60_000_000),
                  chance(70) ? null : (long) random.nextInt(20_000_000));
          default -> route();
        };
    calls.add(command);
    return command;
  }

  /** A call that is sent again; the edge gives it a new id. */
  private TenantCommand again(TenantCommand call) {
    return call instanceof TenantCommand.Route route ? withNewId(route) : call;
  }

  private TenantCommand withNewId(TenantCommand.Route route) {
    return new TenantCommand.Route(
        "decision-" + requests++,
        route.key(),
        route.requestSha256(),
        route.model(),
        route.useCase(),
        route.inputTokens(),
        route.outputTokens(),
        route.maxTokens(),
        route.qualityFloorBps(),
        route.riskBps(),
        route.confidenceBps(),
        route.businessValueMicrocents(),
        route.maxLatencyMs(),
        route.capabilities(),
        route.providers(),
        route.region(),
        route.catalog(),
        route.difficultyBps(),
        route.featuresMicro());
  }

  private String id(String tenant) {
    List<String> known = ids.getOrDefault(tenant, List.of());
    return known.isEmpty() || chance(5)
        ? "nobody"
        : known.get(Math.max(0, known.size() - 1 - random.nextInt(chance(80) ? 8 : 200)));
  }

  private @Nullable IdempotencyKey key() {
    return chance(60) ? null : new IdempotencyKey("key-" + random.nextInt(500), "sha");
  }

  private Cost cost() {
    return chance(50) ? new Cost.Stated(random.nextInt(8_000_000)) : new Cost.Used(usage());
  }

  private Usage usage() {
    return new Usage(random.nextInt(4_000), random.nextInt(4_000));
  }

  private TenantCommand outcome(String tenant) {
    return new TenantCommand.ReportOutcome(
        key(),
        id(tenant),
        chance(80) ? random.nextInt(100) < successPercent() : null,
        chance(20) ? random.nextInt(10_001) : null,
        chance(50) ? usage() : null,
        chance(30) ? (long) random.nextInt(8_000_000) : null,
        null);
  }

  /** Models become worse, and better again. */
  private int successPercent() {
    return requests / 150 % 2 == 0 ? 90 : 15;
  }

  private TenantCommand route() {
    boolean other = chance(15);
    int traits = random.nextInt(3);
    return new TenantCommand.Route(
        "decision-" + requests++,
        key(),
        "sha",
        chance(40) ? TenantCommand.AUTO : "model-" + random.nextInt(8),
        chance(50) ? "support" : one(List.of("support", "coding", "chat")),
        chance(3) ? random.nextInt(4_000_000) : random.nextInt(4_000),
        chance(50) ? null : (long) random.nextInt(2_000),
        chance(50) ? null : 1L + random.nextInt(3_000),
        chance(70) ? null : random.nextInt(10_000),
        chance(80) ? 0 : random.nextInt(10_001),
        chance(80) ? 10_000 : random.nextInt(10_001),
        chance(60) ? null : (long) random.nextInt(100_000_000),
        chance(80) ? 0 : random.nextInt(3_000),
        chance(80) ? List.of() : List.of("tools"),
        chance(80) ? null : List.of("maker-0", "maker-1"),
        chance(80) ? null : "eu",
        other ? "other" : null,
        traits == 0 ? random.nextInt(chance(70) ? 1_000 : 10_001) : null,
        traits == 1 ? features() : List.of());
  }

  private List<Long> features() {
    long centre = chance(90) ? 0 : random.nextInt(5) * 2_000_000L;
    if (chance(4)) {
      return chance(30) ? List.of(centre) : List.of(centre + 90_000_000, 0L);
    }
    return List.of(centre + random.nextInt(500_000), random.nextInt(500_000) - centre);
  }

  // ---- registry --------------------------------------------------------------------------------

  private void putCatalog(String name) {
    List<Model> models = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(7); i++) {
      models.add(model(i));
    }
    Catalog catalog = new Catalog(name, null, TIERS, models);
    var present = registry.catalog(name);
    Version version =
        new Version(name, present == null ? 1 : present.version().version() + 1, digest(catalog));
    Event.CatalogPut put = new Event.CatalogPut(version, now, catalog);
    registry = registry.evolve(put);
    seal("registry|main", put);
  }

  private Model model(int number) {
    return new Model(
        "model-" + number,
        "maker-" + random.nextInt(3),
        TIERS.get(number % TIERS.size()),
        chance(10) ? null : new Price(random.nextInt(1_000) * 1_000_000L, 1_000_000_000L),
        random.nextInt(10_001),
        random.nextInt(3_000),
        chance(70) ? 10_000 : random.nextInt(10_001),
        chance(50) ? List.of("tools") : List.of("chat", "tools"),
        chance(50) ? List.of("eu") : List.of("us", "eu"),
        !chance(10),
        null,
        null);
  }

  private void putPolicy() {
    Policy policy =
        new Policy(
            "default",
            9_000 + random.nextInt(1_000),
            random.nextInt(1_000),
            random.nextInt(3) * 5_000,
            random.nextInt(3),
            random.nextInt(8_000),
            Map.of("support", random.nextInt(9_000), "coding", random.nextInt(9_000)),
            10_000 + random.nextInt(40_000),
            random.nextInt(500),
            500 + random.nextInt(1_000),
            1_000L * (1 + random.nextInt(300)),
            chance(85) ? learning() : null);
    var present = registry.policy("default");
    Version version =
        new Version(
            "default", present == null ? 1 : present.version().version() + 1, digest(policy));
    Event.PolicyPut put = new Event.PolicyPut(version, now, policy);
    registry = registry.evolve(put);
    seal("registry|main", put);
  }

  private Learning learning() {
    return new Learning(
        5_000 + random.nextInt(5_000),
        random.nextInt(100),
        100 + random.nextInt(300),
        1 + random.nextInt(100),
        random.nextInt(40),
        1 + random.nextInt(40),
        random.nextInt(40),
        random.nextInt(10_001),
        chance(30) ? 0 : 10 + random.nextInt(1_000),
        chance(10) ? 0 : 1_000 + random.nextInt(3_000),
        random.nextInt(10_001),
        chance(10) ? 0 : 1_500 + random.nextInt(3_000),
        random.nextInt(3_000),
        chance(50)
            ? Map.of()
            : Map.of(
                "support",
                new Learning.UseCase(
                    chance(50) ? null : random.nextInt(10_001),
                    chance(50) ? null : random.nextInt(200),
                    chance(50) ? null : 1L + random.nextInt(1_000_000),
                    chance(50) ? null : 10_000_000L + random.nextInt(100_000_000))));
  }

  // ---- chance and chain ------------------------------------------------------------------------

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private void seal(String entity, Event event) {
    long eseq = eseqs.merge(entity, 1L, Long::sum);
    chain.add(new Entry(chain.size() + 1L, now, entity, eseq, event));
    fold.accept(chain.size(), event);
  }
}
