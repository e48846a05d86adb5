package io.quaestor.kernel.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.Model;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.catalog.Registry;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.event.Usage;
import io.quaestor.kernel.event.Version;
import io.quaestor.kernel.learning.Regimes;
import io.quaestor.kernel.ledger.LedgerBounds;
import io.quaestor.kernel.ledger.LedgerCommand;
import io.quaestor.kernel.ledger.Ruling;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TenantDeciderTest {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final long TTL_MILLIS = 60_000;
  private static final long DEFAULT_BUDGET = 1_000_000;

  private static final Catalog CATALOG =
      new Catalog(
          "builtin",
          null,
          List.of("economy", "premium"),
          List.of(
              model("small", "economy", 6_000, new Price(1_000_000, 2_000_000)),
              model("large", "premium", 9_300, new Price(20_000_000, 40_000_000)),
              model("unpriced", "premium", 9_900, null)));

  private static final Policy POLICY =
      new Policy(
          "default",
          9_500,
          1_000,
          0,
          0,
          5_500,
          Map.of("compliance", 9_200),
          40_000,
          100,
          1_000,
          TTL_MILLIS,
          null);

  private static final DecisionTerms TERMS = terms(DEFAULT_BUDGET);

  private TenantState state = TenantState.unknown("team-a", LedgerBounds.DEFAULT);

  @Test
  void choosesTheCheapestModelThatReachesTheFloor() {
    Event.DecisionMade decision = route(request("large").build());

    assertThat(decision.action()).isEqualTo("substitute");
    assertThat(decision.selected()).extracting(Event.Choice::model).isEqualTo("small");
    assertThat(decision.baselineCostMicrocents()).isEqualTo(20_000 + 4_000);
  }

  @Test
  void goesUpToADearerModelWhenTheUseCaseDemandsIt() {
    Event.DecisionMade decision = route(request("small").useCase("compliance").build());

    assertThat(decision.selected()).extracting(Event.Choice::model).isEqualTo("large");
    assertThat(decision.floorBps()).isEqualTo(9_200);
    assertThat(decision.floorSource()).isEqualTo("warm_start");
  }

  @Test
  void letsTheFloorOfTheClientOverrideThatOfTheUseCase() {
    Event.DecisionMade decision =
        route(request("small").useCase("compliance").floor(5_000).build());

    assertThat(decision.selected()).extracting(Event.Choice::model).isEqualTo("small");
    assertThat(decision.floorSource()).isEqualTo("client");
  }

  @Test
  void rejectsAFloorThatNoModelReaches() {
    Event.DecisionMade decision = route(request("auto").floor(9_400).build());

    assertThat(decision.rejected()).isTrue();
    assertThat(decision.reason()).isEqualTo("quality_constraint");
    assertThat(decision.selected()).isNull();
    assertThat(state.ledger().budget().reservedMicrocents()).isZero();
  }

  @Test
  void holdsTheBoundAndEstimatesTheExpectedCost() {
    Event.DecisionMade decision = route(request("small").maxTokens(500).build());

    Event.Choice selected = java.util.Objects.requireNonNull(decision.selected());
    assertThat(selected.costMicrocents()).isEqualTo(1_000 + 200);
    assertThat(selected.boundMicrocents()).isEqualTo(1_000 + 1_000);
    assertThat(state.ledger().budget().reservedMicrocents()).isEqualTo(selected.boundMicrocents());
  }

  @Test
  void substitutesACheaperModelRatherThanPassTheBudget() {
    define(24_000);

    Event.DecisionMade decision =
        route(request("large").value(100_000_000L).maxTokens(2_000).build());

    assertThat(decision.selected()).extracting(Event.Choice::model).isEqualTo("small");
    assertThat(decision.rejections()).containsEntry("budget", 1);
  }

  @Test
  void rejectsWhatNoBudgetCanHold() {
    define(10);

    Event.DecisionMade decision = route(request("small").build());

    assertThat(decision.rejected()).isTrue();
    assertThat(decision.reason()).isEqualTo("budget_constraint");
    assertThat(state.ledger().budget().remainingMicrocents()).isEqualTo(10);
  }

  @Test
  void definesANewTenantBeforeItsFirstDecision() {
    Verdict verdict = decide(request("small").build());

    assertThat(verdict.steps())
        .extracting(step -> step.event().getClass().getSimpleName())
        .containsExactly("TenantDefined", "DecisionMade");
    assertThat(state.ledger().budget().initialMicrocents()).isEqualTo(DEFAULT_BUDGET);
  }

  @Test
  void refusesAnUnknownTenantWhereTenantsMustBeDefined() {
    Verdict verdict = TenantDecider.decide(state, request("small").build(), null, terms(-1), NOW);

    assertThat(verdict.steps()).isEmpty();
    assertThat(verdict.answer())
        .isEqualTo(new Verdict.Denied(new TenantRefusal.UnknownTenant("team-a")));
  }

  @Test
  void namesWhatTheCatalogDoesNotKnow() {
    assertThat(refusal(request("nobody").build()))
        .isEqualTo(new TenantRefusal.UnknownModel("nobody", "builtin"));
    assertThat(refusal(request("unpriced").build()))
        .isEqualTo(new TenantRefusal.UnpricedModel("unpriced"));
    assertThat(refusal(request("auto").catalog("other").build()))
        .isEqualTo(new TenantRefusal.UnknownCatalog("other"));
    assertThat(refusal(request("auto").capabilities("flying").build()))
        .isEqualTo(new TenantRefusal.UnknownName("capabilities", List.of("flying")));
    assertThat(refusal(request("auto").region("moon").build()))
        .isEqualTo(new TenantRefusal.UnknownName("region", List.of("moon")));
    assertThat(state.defined()).as("a refusal defines no tenant").isFalse();
  }

  @Test
  void neverChoosesAModelWithoutAPrice() {
    Event.DecisionMade decision = route(request("auto").floor(9_800).build());

    assertThat(decision.rejected()).isTrue();
  }

  @Test
  void answersARepeatedRejectionAsBefore() {
    define(10);
    IdempotencyKey key = new IdempotencyKey("k", "digest");
    route(request("small").key(key).build());
    long rejection = state.ledger().version();
    decide(new TenantCommand.TopUp(null, 1_000_000));

    Verdict again = decide(request("small").key(key).build());

    assertThat(again.steps()).isEmpty();
    assertThat(again.answer()).isEqualTo(new Verdict.Repeated(rejection));
  }

  @Test
  void decidesWithTheMoneyOfAnExpiredHold() {
    define(3_100);
    route(request("small").build()); // holds 3,000

    Instant later = NOW.plusMillis(TTL_MILLIS);

    List<Verdict.Step> expired = TenantDecider.expire(state, TERMS, later);
    Verdict verdict =
        TenantDecider.decide(
            expired.getLast().after(), request("small").build(), null, TERMS, later);

    assertThat(expired).hasSize(1);
    assertThat(((Event.DecisionMade) verdict.steps().getLast().event()).rejected()).isFalse();
  }

  @Test
  void endsOnlySoManyReservationsAtATime() {
    define(Long.MAX_VALUE / 2);
    int open = TenantDecider.EXPIRIES_MAX + 1;
    for (int i = 0; i < open; i++) {
      route(request("small").build());
    }

    List<Verdict.Step> first = TenantDecider.expire(state, TERMS, NOW.plusMillis(TTL_MILLIS));
    List<Verdict.Step> rest =
        TenantDecider.expire(first.getLast().after(), TERMS, NOW.plusMillis(TTL_MILLIS));

    assertThat(first).hasSize(TenantDecider.EXPIRIES_MAX);
    assertThat(rest).hasSize(1);
  }

  @Test
  void settlesAReportedUsageAtTheModelsPrice() {
    Event.DecisionMade decision = route(request("small").build());

    decide(outcome(decision.id(), new Usage(1_000, 10)));

    assertThat(state.ledger().budget().committedMicrocents()).isEqualTo(1_000 + 20);
    assertThat(state.ledger().budget().reservedMicrocents()).isZero();
  }

  @Test
  void recordsASecondReportWithoutASecondCost() {
    Event.DecisionMade decision = route(request("small").build());
    decide(outcome(decision.id(), new Usage(1_000, 10)));

    Verdict second = decide(outcome(decision.id(), new Usage(1_000, 10)));

    Event.OutcomeReported report = (Event.OutcomeReported) second.steps().getLast().event();
    assertThat(report.committed()).isNull();
    assertThat(state.ledger().budget().committedMicrocents()).isEqualTo(1_000 + 20);
  }

  @Test
  void refusesToSettleADecisionThatWasRejected() {
    Event.DecisionMade rejected = route(request("auto").floor(9_400).build());

    Verdict verdict =
        TenantDecider.decide(
            state,
            new TenantCommand.Commit(null, rejected.id(), new LedgerCommand.Cost.Stated(1)),
            new Recalled(rejected, null, false),
            TERMS,
            NOW);

    assertThat(verdict.answer())
        .isEqualTo(new Verdict.Denied(new TenantRefusal.DecisionWasRejected(rejected.id())));
  }

  @Test
  void treatsTheDecisionOfAnotherTenantAsUnknown() {
    Event.DecisionMade own = route(request("small").build());
    TenantState other =
        TenantState.unknown("team-b", LedgerBounds.DEFAULT)
            .evolve(
                decideFor("team-b", new TenantCommand.Define(null, null, 10L, null))
                    .steps()
                    .getFirst()
                    .event());

    Verdict verdict =
        TenantDecider.decide(
            other, outcome(own.id(), new Usage(1, 1)), new Recalled(own, null, false), TERMS, NOW);

    assertThat(verdict.answer())
        .isEqualTo(new Verdict.Denied(new TenantRefusal.UnknownDecision(own.id())));
  }

  @Test
  void tellsHowAForgottenReservationEnded() {
    Event.DecisionMade decision = route(request("small").build());
    decide(new TenantCommand.Release(null, decision.id(), "test"));
    Event.BudgetEvent released = (Event.BudgetEvent) lastEvent;
    TenantState forgetful = freshState();

    Verdict verdict =
        TenantDecider.decide(
            forgetful,
            new TenantCommand.Commit(null, decision.id(), new LedgerCommand.Cost.Stated(1)),
            new Recalled(decision, released, false),
            TERMS,
            NOW);

    assertThat(verdict.answer())
        .isEqualTo(
            new Verdict.Denied(
                new TenantRefusal.ByLedger(new Ruling.AlreadyReleased(decision.id()))));
  }

  @Test
  void decidesTheSameFromTheSameInputs() {
    define(DEFAULT_BUDGET);

    TenantCommand.Route call = request("large").build();
    Verdict first = TenantDecider.decide(state, call, null, TERMS, NOW);
    Verdict second = TenantDecider.decide(state, call, null, TERMS, NOW);

    assertThat(second.steps().getLast().event()).isEqualTo(first.steps().getLast().event());
  }

  // ---- helpers ---------------------------------------------------------------------------------

  private Event.@Nullable TenantEvent lastEvent;

  private TenantState freshState() {
    return TenantState.unknown("team-a", LedgerBounds.DEFAULT)
        .evolve(
            decideFor("team-a", new TenantCommand.Define(null, null, 10L, null))
                .steps()
                .getFirst()
                .event());
  }

  private Event.DecisionMade route(TenantCommand.Route call) {
    return (Event.DecisionMade) decide(call).steps().getLast().event();
  }

  private void define(long initialMicrocents) {
    decide(new TenantCommand.Define(null, null, initialMicrocents, null));
  }

  private Verdict decide(TenantCommand command) {
    Verdict verdict = TenantDecider.decide(state, command, null, TERMS, NOW);
    if (!verdict.steps().isEmpty()) {
      state = verdict.steps().getLast().after();
      lastEvent = verdict.steps().getLast().event();
    }
    return verdict;
  }

  private static Verdict decideFor(String tenant, TenantCommand command) {
    return TenantDecider.decide(
        TenantState.unknown(tenant, LedgerBounds.DEFAULT), command, null, TERMS, NOW);
  }

  private TenantRefusal refusal(TenantCommand.Route call) {
    return ((Verdict.Denied) decide(call).answer()).refusal();
  }

  private static TenantCommand.ReportOutcome outcome(String id, Usage usage) {
    return new TenantCommand.ReportOutcome(null, id, true, null, usage, null, null);
  }

  private static DecisionTerms terms(long newTenantMicrocents) {
    Registry registry =
        Registry.EMPTY
            .evolve(new Event.CatalogPut(new Version("builtin", 1, "c"), NOW, CATALOG))
            .evolve(new Event.PolicyPut(new Version("default", 1, "p"), NOW, POLICY));
    return new DecisionTerms(registry, "builtin", "default", newTenantMicrocents, Regimes.EMPTY);
  }

  private static Model model(String id, String tier, int qualityBps, @Nullable Price price) {
    return new Model(
        id,
        "maker-of-" + id,
        tier,
        price,
        qualityBps,
        1_000,
        10_000,
        List.of("chat"),
        List.of("eu"),
        true,
        null,
        null);
  }

  private int requests;

  private Request request(String model) {
    return new Request("decision-" + requests++, model);
  }

  /** A request of 1,000 input tokens, with what a test wants to change. */
  private static final class Request {
    private final String id;
    private final String model;
    private @Nullable IdempotencyKey key;
    private String useCase = "default";
    private @Nullable Long maxTokens;
    private @Nullable Integer floorBps;
    private @Nullable Long value;
    private @Nullable String catalog;
    private @Nullable String region;
    private List<String> capabilities = List.of();

    Request(String id, String model) {
      this.id = id;
      this.model = model;
    }

    Request key(IdempotencyKey key) {
      this.key = key;
      return this;
    }

    Request useCase(String useCase) {
      this.useCase = useCase;
      return this;
    }

    Request maxTokens(long maxTokens) {
      this.maxTokens = maxTokens;
      return this;
    }

    Request floor(int floorBps) {
      this.floorBps = floorBps;
      return this;
    }

    Request value(long value) {
      this.value = value;
      return this;
    }

    Request catalog(String catalog) {
      this.catalog = catalog;
      return this;
    }

    Request region(String region) {
      this.region = region;
      return this;
    }

    Request capabilities(String... capabilities) {
      this.capabilities = List.of(capabilities);
      return this;
    }

    TenantCommand.Route build() {
      return new TenantCommand.Route(
          id,
          key,
          "sha",
          model,
          useCase,
          1_000,
          null,
          maxTokens,
          floorBps,
          0,
          10_000,
          value,
          0,
          capabilities,
          null,
          region,
          catalog,
          null,
          List.of());
    }
  }
}
