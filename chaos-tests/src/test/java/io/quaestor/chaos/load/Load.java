package io.quaestor.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quaestor.chaos.client.Answer;
import io.quaestor.chaos.client.Connection;
import io.quaestor.chaos.load.History.Entry;
import io.quaestor.chaos.process.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A load is many connections that call a server until they are told to end or it is gone. It goes
 * on where it was after the server has come back.
 */
public final class Load {

  /** The refusals that a race of honest clients can bring about. */
  private static final Set<String> HONEST =
      Set.of(
          "already_committed",
          "already_released",
          "reservation_expired",
          "tenant_busy",
          "audit_unavailable");

  private static final Duration BACK_OFF = Duration.ofMillis(20);

  private final long seed;
  private final int connections;
  private final Traffic traffic;
  private final History history = new History();
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean ending;
  private int round;

  public Load(long seed, int tenants, int connections) {
    this.seed = seed;
    this.connections = connections;
    this.traffic = new Traffic("run-" + seed, tenants);
  }

  /** Gives each tenant its budget. */
  public void define(int port) throws IOException {
    try (Connection connection = new Connection(port)) {
      for (int tenant = 0; tenant < traffic.tenants().size(); tenant++) {
        Call call = traffic.define(tenant);
        history.add(call, call.fates(call.on(connection).ok()));
      }
    }
  }

  /** From now on reservations live this long only. */
  public static void expireAfter(int port, Duration timeToLive) throws IOException {
    try (Connection connection = new Connection(port)) {
      ObjectNode policy = (ObjectNode) connection.get("/api/v1/policies/default").ok().json();
      policy.remove(List.of("version", "digest"));
      policy.put("reservation_ttl_millis", timeToLive.toMillis());
      connection.put("/api/v1/policies", policy.toString()).ok();
    }
  }

  public List<String> tenants() {
    return traffic.tenants();
  }

  /** Starts calling the server at this port. */
  public void begin(int port) {
    ending = false;
    round++;
    for (int i = 0; i < connections; i++) {
      Random random = new Random(seed + 1_000_003L * round + i);
      workers.add(Thread.ofPlatform().name("load-" + i).start(() -> work(port, random)));
    }
  }

  /** Lets each connection finish its call. */
  public void end() {
    ending = true;
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
    workers.clear();
  }

  /** A connection that breaks is made again; when it cannot be, the server is gone. */
  private void work(int port, Random random) {
    while (!ending) {
      Call call = traffic.next(random);
      Connection made;
      try {
        made = new Connection(port);
      } catch (IOException e) {
        history.add(call, call.all(new Fate.NotSent()));
        return;
      }
      try (Connection connection = made) {
        perform(call, connection, random);
        while (!ending) {
          perform(traffic.next(random), connection, random);
        }
      } catch (IOException e) {
        // The call that it happened to has been noted.
      }
    }
  }

  private void perform(Call call, Connection connection, Random random) throws IOException {
    Answer answer;
    try {
      answer = call.on(connection);
    } catch (IOException e) {
      history.add(call, call.all(new Fate.Unknown(String.valueOf(e.getMessage()))));
      throw e;
    }
    try {
      List<Fate> fates = call.fates(answer);
      history.add(call, fates);
      fates.forEach(fate -> judge(call, fate));
      remember(answer.json(), random);
      if (answer.headers().containsKey("retry-after")) {
        ServerProcess.sleep(BACK_OFF);
      }
    } catch (AssertionError e) {
      history.violation("%s was answered %s: %s".formatted(call, answer, e.getMessage()));
    }
  }

  private void judge(Call call, Fate fate) {
    if (fate instanceof Fate.Refused refused && !HONEST.contains(refused.code())) {
      history.violation("%s was %s".formatted(call, refused));
    }
  }

  private void remember(JsonNode json, Random random) {
    if (json.path("decisions").isArray()) {
      json.path("decisions").forEach(item -> remember(item, random));
    } else if (json.path("reservation").path("id").isTextual()) {
      traffic.reserved(
          json.path("tenant").asText(), json.path("reservation").path("id").asText(), random);
    }
  }

  // ---- afterwards ------------------------------------------------------------------------------

  /** What should not have been answered. */
  public List<String> violations() {
    return history.violations();
  }

  /** How often each fate was met. */
  public Map<String, Integer> tally() {
    return history.tally();
  }

  List<Entry> entries() {
    return history.entries();
  }

  History history() {
    return history;
  }
}
