package io.quaestor.kernel.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quaestor.kernel.catalog.Catalog;
import io.quaestor.kernel.catalog.Model;
import io.quaestor.kernel.catalog.Policy;
import io.quaestor.kernel.catalog.Registry;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.event.Version;
import io.quaestor.kernel.learning.Regimes;
import io.quaestor.kernel.ledger.LedgerBounds;
import io.quaestor.kernel.tenant.DecisionTerms;
import io.quaestor.kernel.tenant.TenantCommand;
import io.quaestor.kernel.tenant.TenantDecider;
import io.quaestor.kernel.tenant.TenantState;
import io.quaestor.kernel.tenant.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What depends on time: the version in force at a decision's place, and expiries that are due. */
class TimeTest {

  private static final Instant BEGIN = Instant.parse("2026-11-23T08:00:00Z");
  private static final long TTL_SECONDS = 600;

  private static final Catalog CATALOG =
      new Catalog(
          "builtin",
          null,
          List.of("economy"),
          List.of(
              new Model(
                  "small",
                  "maker",
                  "economy",
                  new Price(1_000_000, 2_000_000),
                  6_000,
                  1_000,
                  10_000,
                  List.of(),
                  List.of(),
                  true,
                  null,
                  null)));

  private final List<Entry> chain = new ArrayList<>();
  private Registry registry = Registry.EMPTY;
  private TenantState tenant = TenantState.unknown("team-a", LedgerBounds.DEFAULT);
  private Instant now = BEGIN;

  TimeTest() {
    Event.CatalogPut put = new Event.CatalogPut(version("builtin", 1, CATALOG), BEGIN, CATALOG);
    registry = registry.evolve(put);
    seal("registry|main", 1, put);
    putPolicy(1);
  }

  // ---- versions --------------------------------------------------------------------------------

  @Test
  void toleratesADecisionThatIsSealedJustBehindANewerPolicy() {
    DecisionTerms before = terms();
    putPolicy(2);

    pass(60);
    route(before);

    assertThat(mismatches()).isEmpty();
  }

  @Test
  void namesADecisionUnderAPolicyThatHadBeenSuperseded() {
    DecisionTerms before = terms();
    putPolicy(2);

    pass(61);
    route(before);

    assertThat(mismatches())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.recorded()).startsWith("policy default version 1 with digest ");
              assertThat(found.replayed())
                  .isEqualTo("version 2 is in force since record 3 of " + BEGIN);
            });
  }

  @Test
  void countsFromTheFirstVersionThatSupersededIt() {
    DecisionTerms before = terms();
    putPolicy(2);
    pass(61);
    putPolicy(3);

    route(before);

    assertThat(mismatches())
        .singleElement()
        .satisfies(found -> assertThat(found.replayed()).startsWith("version 2 is in force"));
  }

  // ---- expiries --------------------------------------------------------------------------------

  @Test
  void namesADecisionBeforeWhichAReservationHadToExpire() {
    route(terms());

    pass(TTL_SECONDS);
    route(terms());

    assertThat(mismatches())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.subject()).isEqualTo("decision decision-2");
              assertThat(found.replayed())
                  .isEqualTo(
                      "reservation decision-1 was due at %s and has not ended"
                          .formatted(BEGIN.plusSeconds(TTL_SECONDS)));
            });
  }

  @Test
  void namesAReservationThatExpiredEarly() {
    route(terms());
    List<Verdict.Step> due = TenantDecider.expire(tenant, terms(), BEGIN.plusSeconds(TTL_SECONDS));

    Event.Expired early =
        Forgery.of(
            (Event.Expired) due.getFirst().event(), "at", at -> ((Instant) at).minusNanos(1));
    seal("tenant|team-a", 3, early);

    assertThat(mismatches())
        .singleElement()
        .satisfies(found -> assertThat(found.replayed()).contains("expires decision-1 early"));
  }

  @Test
  void leavesWhatIsBeyondTheMostThatEndAtATime() {
    for (int i = 0; i < TenantDecider.EXPIRIES_MAX + 9; i++) {
      route(terms());
    }

    pass(TTL_SECONDS);
    expire();
    route(terms());
    expire();
    route(terms());

    assertThat(mismatches()).isEmpty();
  }

  // ---- a node of one tenant --------------------------------------------------------------------

  private void pass(long seconds) {
    now = now.plusSeconds(seconds);
  }

  private DecisionTerms terms() {
    return new DecisionTerms(registry, "builtin", "default", 1_000_000_000, Regimes.EMPTY);
  }

  private void putPolicy(int number) {
    Policy policy =
        new Policy(
            "default",
            9_500,
            0,
            0,
            0,
            number,
            Map.of(),
            40_000,
            100,
            1_000,
            TTL_SECONDS * 1_000,
            null);
    Event.PolicyPut put = new Event.PolicyPut(version("default", number, policy), now, policy);
    registry = registry.evolve(put);
    seal("registry|main", 1L + number, put);
  }

  private static Version version(String name, long number, Object document) {
    return new Version(name, number, RandomNode.digest(document));
  }

  private void route(DecisionTerms terms) {
    TenantCommand call =
        new TenantCommand.Route(
            "decision-" + Math.max(1, tenant.ledger().version()),
            null,
            "sha",
            "small",
            "chat",
            1_000,
            null,
            null,
            null,
            0,
            10_000,
            null,
            0,
            List.of(),
            null,
            null,
            null,
            null,
            List.of());
    take(TenantDecider.decide(tenant, call, null, terms, now).steps());
  }

  private void expire() {
    take(TenantDecider.expire(tenant, terms(), now));
  }

  private void take(List<Verdict.Step> steps) {
    for (Verdict.Step step : steps) {
      tenant = step.after();
      seal("tenant|team-a", tenant.ledger().version(), step.event());
    }
  }

  private void seal(String entity, long eseq, Event event) {
    chain.add(new Entry(chain.size() + 1L, now, entity, eseq, event));
  }

  private List<Mismatch> mismatches() {
    ReplayCheck check = new ReplayCheck(RandomNode::digest);
    return chain.stream().map(check::accept).flatMap(Optional::stream).toList();
  }
}
