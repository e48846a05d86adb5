package io.quaestor.kernel.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.event.Budget;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Event.DecisionMade;
import io.quaestor.kernel.event.Event.Option;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.event.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** One record of an honest chain is changed, each time in another member, and is named. */
class ForgeryTest {

  private static final List<Entry> HONEST = new RandomNode(7).live(600);

  private Optional<Entry> forged = Optional.empty();

  // ---- decisions -------------------------------------------------------------------------------

  @Test
  void namesAnotherModel() {
    Mismatch found = decision("selected.model", model -> "another");

    assertThat(found.seq()).isEqualTo(forged.orElseThrow().seq());
    assertThat(found.entity()).isEqualTo(forged.orElseThrow().entity());
    assertThat(found.sentence())
        .isEqualTo(
            "record %d (decision %s): recorded selected.model another, the kernel comes to %s"
                .formatted(found.seq(), honest().id(), modelOf(honest())));
  }

  private static String modelOf(DecisionMade decision) {
    return decision.selected() == null ? "" : decision.selected().model();
  }

  @Test
  void namesAnotherCost() {
    assertMember("selected.cost_microcents", decision("selected.costMicrocents", lessBy(1)));
  }

  @Test
  void namesAnotherBound() {
    assertMember("selected.bound_microcents", decision("selected.boundMicrocents", lessBy(1)));
  }

  @Test
  void namesAnotherUtility() {
    assertMember("selected.utility", decision("selected.utility", lessBy(-1)));
  }

  @Test
  void namesACounterfactualThatIsMissing() {
    Mismatch found = decision("counterfactual", unused -> null);

    assertThat(found.recorded()).isEqualTo("counterfactual nothing");
  }

  @Test
  void namesAnOptionThatIsMissingFromTheFrontier() {
    int last = honest().frontier().size() - 1;

    Mismatch found = decision("frontier", unused -> honest().frontier().subList(0, last));

    assertThat(found.recorded()).isEqualTo("frontier[%d] nothing".formatted(last));
    assertThat(found.replayed()).contains(honest().frontier().get(last).toString());
  }

  @Test
  void namesAnOptionThatWasAddedToTheFrontier() {
    int size = honest().frontier().size();
    List<Option> more = new ArrayList<>(honest().frontier());
    more.add(new Option("another", 9_000, 1, 1));

    Mismatch found = decision("frontier", unused -> more);

    assertThat(found.recorded()).startsWith("frontier[%d] Option".formatted(size));
    assertThat(found.replayed()).isEqualTo("the kernel comes to nothing");
  }

  @Test
  void namesAFloorThatWasLowered() {
    assertMember("floor_bps", decision("floorBps", floor -> (int) floor - 1));
  }

  @Test
  void namesAFloorFromElsewhere() {
    assertMember("floor_source", decision("floorSource", unused -> "policy_default"));
  }

  @Test
  void namesAnotherActionAndAnotherReason() {
    assertMember("action", decision("action", unused -> "reject"));
    forged = Optional.empty();
    assertMember("reason", decision("reason", unused -> "budget_constraint"));
  }

  @Test
  void namesAnotherBaseline() {
    assertMember("baseline_cost_microcents", decision("baselineCostMicrocents", lessBy(-7)));
  }

  @Test
  void namesAnotherCountOfRejections() {
    Mismatch found = decision("rejections", unused -> Map.of("quality", 4_000));

    assertThat(found.recorded()).startsWith("rejections.");
  }

  @Test
  void namesAValueThatDoesNotFollowFromTheFloor() {
    assertMember(
        "question.business_value_microcents",
        decision("question.businessValueMicrocents", lessBy(1)));
  }

  @Test
  void namesABudgetLimitThatTheLedgerDidNotHave() {
    assertMember(
        "question.budget_limit_microcents", decision("question.budgetLimitMicrocents", lessBy(-1)));
  }

  @Test
  void namesAQuestionThatTheKernelCannotTake() {
    Mismatch found = decision("question.riskBps", unused -> 10_001);

    assertThat(found.replayed()).startsWith("it cannot be decided: ");
  }

  @Test
  void namesAModelThatTheCatalogDoesNotOffer() {
    Mismatch found = decision("question.requestedModel", unused -> "nobody");

    assertThat(found.replayed()).contains("UnknownModel[model=nobody");
  }

  // ---- holds -----------------------------------------------------------------------------------

  @Test
  void namesAnotherReservation() {
    assertMember("reserved.amount_microcents", decision("reserved.amountMicrocents", lessBy(1)));
  }

  @Test
  void namesAReservationThatLastsLonger() {
    assertMember(
        "reserved.expires_at", decision("reserved.expiresAt", at -> ((Instant) at).plusMillis(1)));
  }

  @Test
  void namesAnotherPrice() {
    assertMember(
        "reserved.price.input_microcents_per_million",
        decision("reserved.price", unused -> new Price(1, 1_000_000_000)));
  }

  @Test
  void namesAnotherBudgetAfterTheDecision() {
    assertMember(
        "reserved.budget.initial_microcents",
        decision("reserved.budget", budget -> ((Budget) budget).add(1)));
  }

  @Test
  void checksNothingMoreOfATenantWhoseBudgetBroke() {
    List<Entry> chain = forge(this::isSample, "reserved.budget", b -> ((Budget) b).add(1));

    ReplayCheck check = new ReplayCheck(RandomNode::digest);
    long found = chain.stream().filter(entry -> check.accept(entry).isPresent()).count();

    assertThat(found).isEqualTo(1);
    assertThat(check.unchecked()).isPositive();
  }

  // ---- policies and catalogs -------------------------------------------------------------------

  @Test
  void namesAVersionThatWasNeverPut() {
    Mismatch found = decision("policy", unused -> new Version("default", 999, "digest"));

    assertThat(found.recorded()).isEqualTo("policy default version 999 with digest digest");
    assertThat(found.replayed()).isEqualTo("it was never put before");
  }

  @Test
  void namesADigestThatIsNotThatOfTheVersion() {
    Mismatch found = decision("catalog.digest", unused -> "digest");

    assertThat(found.recorded()).startsWith("catalog ").endsWith("with digest digest");
    assertThat(found.replayed()).isEqualTo("it was never put before");
  }

  @Test
  void namesACatalogWhoseDigestIsNotItsOwn() {
    Mismatch found =
        first(Event.CatalogPut.class::isInstance, "version.digest", unused -> "forged");

    assertThat(found.sentence())
        .startsWith("record 2 (catalog builtin): recorded digest forged, its document has ");
  }

  @Test
  void namesADocumentOfAnotherName() {
    Mismatch found = first(Event.PolicyPut.class::isInstance, "policy.name", unused -> "other");

    assertThat(found.replayed()).isEqualTo("its document is named other");
  }

  @Test
  void namesAVersionThatIsLeftOut() {
    Mismatch found = first(Event.PolicyPut.class::isInstance, "version.version", unused -> 2L);

    assertThat(found.recorded()).isEqualTo("version 2");
    assertThat(found.replayed()).isEqualTo("version 1 comes next");
  }

  // ---- budgets ---------------------------------------------------------------------------------

  @Test
  void namesAnotherTopUp() {
    assertMember(
        "budget.initial_microcents",
        first(Event.ToppedUp.class::isInstance, "amountMicrocents", lessBy(-5)));
  }

  @Test
  void namesATrueCostThatWasLowered() {
    Predicate<Event> costly =
        event -> event instanceof Event.Committed paid && paid.actualMicrocents() > 0;

    assertMember("budget.remaining_microcents", first(costly, "actualMicrocents", lessBy(1)));
  }

  @Test
  void namesAnOverrunThatIsHidden() {
    Predicate<Event> overrun = event -> event instanceof Event.Committed paid && paid.overrun();

    assertMember("overrun", first(overrun, "overrun", unused -> false));
  }

  @Test
  void namesALateCostThatIsHidden() {
    Predicate<Event> late = event -> event instanceof Event.Committed paid && paid.late();

    assertMember("late", first(late, "late", unused -> false));
  }

  @Test
  void namesAnOutcomeWhoseCostIsNotTaken() {
    Predicate<Event> settling =
        event -> event instanceof Event.OutcomeReported outcome && outcome.committed() != null;

    Mismatch found = first(settling, "committed", unused -> null);

    assertThat(found.recorded()).isEqualTo("committed nothing");
  }

  @Test
  void namesAnOutcomeWhoseUsageDoesNotMakeItsCost() {
    Predicate<Event> counted =
        event ->
            event instanceof Event.OutcomeReported outcome
                && outcome.committed() != null
                && outcome.actualCostMicrocents() == null
                && !outcome.committed().late();

    assertMember(
        "committed.actual_microcents",
        first(counted, "usage.inputTokens", tokens -> (long) tokens + 1_000));
  }

  @Test
  void namesAnExpiryThatReturnsTooMuch() {
    Mismatch found = first(Event.Expired.class::isInstance, "amountMicrocents", lessBy(-1));

    assertThat(found.replayed())
        .startsWith("the tenant's later records cannot be checked: ")
        .contains("which does not hold");
  }

  @Test
  void namesMoneyThatIsHeldWithoutADecision() {
    Mismatch found =
        firstOf(
            entry ->
                isSample(entry.event())
                    ? new Entry(
                        entry.seq(),
                        entry.sealedAt(),
                        entry.entity(),
                        entry.eseq(),
                        ((DecisionMade) entry.event()).hold())
                    : entry);

    assertThat(found.recorded()).isEqualTo("a Reserved");
  }

  // ---- places ----------------------------------------------------------------------------------

  @Test
  void namesTheRecordBehindOneThatIsMissing() {
    int at = HONEST.indexOf(HONEST.stream().filter(e -> isSample(e.event())).findFirst().get());
    List<Entry> chain = new ArrayList<>(HONEST);
    Entry removed = chain.remove(at);

    Mismatch found = mismatches(chain).getFirst();

    assertThat(found.entity()).isEqualTo(removed.entity());
    assertThat(found.recorded())
        .isEqualTo("event %d of %s".formatted(removed.eseq() + 1, removed.entity()));
    assertThat(found.replayed()).isEqualTo("event %d comes next".formatted(removed.eseq()));
  }

  @Test
  void namesAnEventThatStandsUnderAnotherTenant() {
    Mismatch found =
        firstOf(
            entry ->
                isSample(entry.event())
                    ? new Entry(entry.seq(), entry.sealedAt(), "tenant|other", 1, entry.event())
                    : entry);

    assertThat(found.replayed()).isEqualTo("it is an event of tenant|other");
  }

  @Test
  void namesATenantThatWasNeverDefined() {
    List<Entry> chain =
        HONEST.stream().filter(entry -> !(entry.event() instanceof Event.TenantDefined)).toList();
    ReplayCheck check = new ReplayCheck(RandomNode::digest);

    assertThat(chain.stream().map(check::accept).flatMap(Optional::stream)).isNotEmpty();
  }

  // ---- helpers ---------------------------------------------------------------------------------

  /** A decision with everything that can be forged in one. */
  private boolean isSample(Event event) {
    return event instanceof DecisionMade decision && decision.equals(honest());
  }

  private static DecisionMade honest() {
    return HONEST.stream()
        .map(Entry::event)
        .filter(DecisionMade.class::isInstance)
        .map(DecisionMade.class::cast)
        .filter(decision -> decision.counterfactual() != null)
        .filter(decision -> decision.floorSource().equals("warm_start"))
        .filter(decision -> decision.question().valueSource().equals("floor"))
        .filter(decision -> !decision.rejections().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private Mismatch decision(String path, Forgery.Change change) {
    return first(this::isSample, path, change);
  }

  private Mismatch first(Predicate<Event> which, String path, Forgery.Change change) {
    List<Mismatch> found = mismatches(forge(which, path, change));

    assertThat(found).isNotEmpty();
    assertThat(found.getFirst().seq()).isEqualTo(forged.orElseThrow().seq());
    return found.getFirst();
  }

  /** The chain with the first such record changed. */
  private List<Entry> forge(Predicate<Event> which, String path, Forgery.Change change) {
    List<Entry> chain = new ArrayList<>(HONEST);
    chain.replaceAll(
        entry -> {
          if (forged.isPresent() || !which.test(entry.event())) {
            return entry;
          }
          Event event = (Event) Forgery.of((Record) entry.event(), path, change);
          forged = Optional.of(entry);
          return new Entry(entry.seq(), entry.sealedAt(), entry.entity(), entry.eseq(), event);
        });
    return chain;
  }

  private static Mismatch firstOf(UnaryOperator<Entry> change) {
    return mismatches(HONEST.stream().map(change).toList()).getFirst();
  }

  private static List<Mismatch> mismatches(List<Entry> chain) {
    ReplayCheck check = new ReplayCheck(RandomNode::digest);
    return chain.stream().map(check::accept).flatMap(Optional::stream).toList();
  }

  private static Forgery.Change lessBy(long by) {
    return value -> (long) value - by;
  }

  private static void assertMember(String member, Mismatch found) {
    assertThat(found.recorded()).startsWith(member + " ");
    assertThat(found.replayed()).startsWith("the kernel comes to ");
  }
}
