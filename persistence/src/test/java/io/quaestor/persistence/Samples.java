package io.quaestor.persistence;

import io.quaestor.kernel.event.Budget;
import io.quaestor.kernel.event.Event;
import io.quaestor.kernel.event.IdempotencyKey;
import io.quaestor.kernel.event.Price;
import io.quaestor.kernel.event.Version;
import io.quaestor.persistence.chain.ChainSettings;
import io.quaestor.persistence.chain.Draft;
import io.quaestor.persistence.chain.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events and chains as they occur. */
public final class Samples {

  public static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123456Z");

  private Samples() {}

  public static ChainSettings settings() {
    return ChainSettings.of("node-1").withClock(InstantSource.fixed(NOW)).withFreeSpaceFloors(0, 0);
  }

  public static NodeChain open(Path directory) {
    return NodeChain.open(directory, settings(), Progress.NONE);
  }

  public static Event.ToppedUp toppedUp(String tenant, long amount) {
    return new Event.ToppedUp(tenant, NOW, null, amount, Budget.of(amount));
  }

  /** One draft of a small event. */
  public static Draft draft(String tenant, long eseq) {
    return Draft.of("tenant|" + tenant, eseq, toppedUp(tenant, eseq));
  }

  /** The drafts of an atomic write of {@code count} events. */
  public static List<Draft> atomic(String tenant, long from, int count) {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Draft one = draft(tenant, from + i);
      drafts.add(
          new Draft(
              one.entity(),
              one.eseq(),
              one.type(),
              one.json(),
              one.event(),
              "writer-1",
              count - 1 - i,
              null,
              null));
    }
    return drafts;
  }

  public static Event.Reserved reserved(String tenant, String id) {
    return new Event.Reserved(
        tenant,
        NOW,
        new IdempotencyKey("key-" + id, "ab".repeat(32)),
        id,
        48_000_000,
        NOW.plusSeconds(600),
        new Price(15_000_000, 60_000_000),
        Budget.of(10_000_000_000L).reserve(48_000_000));
  }

  public static Event.Released released(String tenant, String id) {
    return new Event.Released(
        tenant, NOW, null, id, 48_000_000, "client", Budget.of(10_000_000_000L));
  }

  public static Event.Committed committed(String tenant, String id, boolean late) {
    return new Event.Committed(
        tenant, NOW, null, id, 48_000_000, 7, false, late, Budget.of(10_000_000_000L).commit(7));
  }

  public static Event.Expired expired(String tenant, String id) {
    return new Event.Expired(tenant, NOW, id, 48_000_000, Budget.of(10_000_000_000L));
  }

  public static Event.OutcomeReported outcome(String tenant, String id, Event.Committed settled) {
    return new Event.OutcomeReported(
        tenant, NOW, null, id, true, null, null, 7L, null, settled, null);
  }

  public static Event.DecisionMade decision(String tenant, String id) {
    Event.Choice choice =
        new Event.Choice(
            "gpt-4o-mini", "openai", "economy", 7_200, 48_000_000, 48_000_000, 1_250_000);
    return new Event.DecisionMade(
        reserved(tenant, id),
        null,
        "substitute",
        "alternative_maximizes_utility",
        "support",
        "cd".repeat(32),
        new Version("default", 3, "ef".repeat(32)),
        new Version("built-in", 1, "01".repeat(32)),
        new Event.Question(
            "gpt-4o", 1200, 300, 1000, 2_000_000, "floor", 9_000_000, 1000, 9000, 0, 0, -1, 0, null,
            null),
        5_500,
        "warm_start",
        null,
        800_000_000,
        choice,
        null,
        List.of(new Event.Option("gpt-4o-mini", 7_200, 48_000_000, 1_250_000)),
        Map.of("quality", 3),
        null);
  }
}
